import { useCallback, useState, type DragEvent } from 'react';

interface DropPlace {
  key: string;
  side: 'before' | 'after';
}

/**
 * The parts of a list moved with the mouse by their grips; with the keyboard and by touch there must be other ways.
 * Each part is the element with its key as `data-drag-key`. Lists may stand within one another.
 */
export function useListDrag(keys: readonly string[], onMove: (from: number, to: number) => void) {
  const [dragged, setDragged] = useState<string>();
  const [place, setPlace] = useState<DropPlace>();
  const release = useCallback(() => {
    setDragged(undefined);
    setPlace(undefined);
  }, []);
  const grab = useCallback((event: DragEvent, key: string) => {
    event.stopPropagation();
    const part = event.currentTarget.closest('[data-drag-key]');
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('application/x-list-part', key);
    if (part) event.dataTransfer.setDragImage(part, 16, 16);
    setDragged(key);
  }, []);
  const placeAt = ({ target, clientY }: DragEvent): DropPlace | undefined => {
    let part = target instanceof Element ? target.closest<HTMLElement>('[data-drag-key]') : null;
    while (part && !keys.includes(part.dataset['dragKey'] ?? '')) part = part.parentElement?.closest<HTMLElement>('[data-drag-key]') ?? null;
    if (!part) return place;
    const { top, height } = part.getBoundingClientRect();
    return { key: part.dataset['dragKey'] ?? '', side: clientY < top + height / 2 ? 'before' : 'after' };
  };
  const hover = (event: DragEvent) => {
    if (dragged === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = placeAt(event);
    if (next?.key !== place?.key || next?.side !== place?.side) setPlace(next);
  };
  return {
    dragged,
    dropSide: (key: string) => (dragged !== undefined && dragged !== key && place?.key === key ? place.side : undefined),
    /** The same as long as the list is there, and so is `release`: for the grip of a part. */
    grab,
    release,
    // In the capture phase: text editors in the parts take drops of their own.
    listProps: {
      onDragEnterCapture: hover,
      onDragOverCapture: hover,
      onDropCapture: (event: DragEvent) => {
        if (dragged === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        const target = placeAt(event);
        const from = keys.indexOf(dragged);
        const over = target ? keys.indexOf(target.key) : -1;
        release();
        if (from === -1 || over === -1 || !target) return;
        const gap = target.side === 'before' ? over : over + 1;
        onMove(from, gap > from ? gap - 1 : gap);
      },
    },
  };
}
