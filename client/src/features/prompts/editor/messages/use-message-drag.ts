import { useState } from 'react';

interface DropPlace {
  key: string;
  side: 'before' | 'after';
}

/** Messages moved with the mouse by their grips; with the keyboard and by touch there are buttons. */
export function useMessageDrag(keys: readonly string[], onMove: (from: number, to: number) => void) {
  const [dragged, setDragged] = useState<string>();
  const [place, setPlace] = useState<DropPlace>();
  const end = () => {
    setDragged(undefined);
    setPlace(undefined);
  };
  const placeAt = (event: React.DragEvent): DropPlace | undefined => {
    const target = event.target instanceof Node && !(event.target instanceof Element) ? event.target.parentElement : event.target;
    const section = target instanceof Element ? target.closest<HTMLElement>('[data-message]') : null;
    if (!section) return place;
    const { top, height } = section.getBoundingClientRect();
    return { key: section.dataset['message'] ?? '', side: event.clientY < top + height / 2 ? 'before' : 'after' };
  };
  const hover = (event: React.DragEvent) => {
    if (dragged === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = placeAt(event);
    if (next?.key !== place?.key || next?.side !== place?.side) setPlace(next);
  };
  return {
    dragged,
    dropSide: (key: string) => (dragged !== undefined && dragged !== key && place?.key === key ? place.side : undefined),
    gripProps: (key: string) => ({
      onDragStart: (event: React.DragEvent) => {
        const section = event.currentTarget.closest('[data-message]');
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('application/x-prompt-message', key);
        if (section) event.dataTransfer.setDragImage(section, 16, 16);
        setDragged(key);
      },
      onDragEnd: end,
    }),
    // In the capture phase: the text editors below take drops of their own.
    listProps: {
      onDragEnterCapture: hover,
      onDragOverCapture: hover,
      onDropCapture: (event: React.DragEvent) => {
        if (dragged === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        const target = placeAt(event);
        const from = keys.indexOf(dragged);
        const over = target ? keys.indexOf(target.key) : -1;
        end();
        if (from === -1 || over === -1 || !target) return;
        const gap = target.side === 'before' ? over : over + 1;
        onMove(from, gap > from ? gap - 1 : gap);
      },
    },
  };
}
