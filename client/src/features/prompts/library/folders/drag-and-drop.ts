import { createContext, useContext, useRef, useState, type DragEvent, type RefObject } from 'react';

/** What is dragged. The browser keeps it secret from what it is dragged over, hence this context; without one nothing can be dragged. */
export type Dragged = { prompts: readonly string[] } | { folder: string };

export const DraggedContext = createContext<RefObject<Dragged | undefined> | null>(null);

export const useDragged = (): RefObject<Dragged | undefined> | null => useContext(DraggedContext);

const openAfterMs = 600;

interface DropOptions {
  /** Null stands for no folder. */
  accepts: (dragged: Dragged, folderId: string | null) => boolean;
  onDrop: (dragged: Dragged, folderId: string | null) => void;
  /** After the pointer rested on a folder with something dragged. */
  onRest?: (folderId: string) => void;
}

/** Handlers of what things can be dropped on, and which of it the pointer is over. */
export function useDropTargets({ accepts, onDrop, onRest }: DropOptions) {
  const dragged = useDragged();
  const [over, setOver] = useState<string | null>();
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const leave = () => {
    clearTimeout(rest.current);
    setOver(undefined);
  };
  const handlers = (folderId: string | null) => ({
    'data-drop-target': over === folderId || undefined,
    onDragEnter: () => {
      clearTimeout(rest.current);
      if (dragged?.current && folderId !== null) rest.current = setTimeout(() => onRest?.(folderId), openAfterMs);
    },
    onDragOver: (event: DragEvent) => {
      if (!dragged?.current || !accepts(dragged.current, folderId)) return setOver(undefined);
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
      setOver(folderId);
    },
    onDragLeave: (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) leave();
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      leave();
      if (dragged?.current && accepts(dragged.current, folderId)) onDrop(dragged.current, folderId);
    },
  });
  return handlers;
}

/** Handlers of what can be dragged, with what is shown at the pointer meanwhile. */
export function dragHandlers(current: RefObject<Dragged | undefined> | null, what: () => { dragged: Dragged; text: string }) {
  if (!current) return {};
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      const { dragged, text } = what();
      current.current = dragged;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', text);
      showAtPointer(event, text);
    },
    onDragEnd: () => {
      current.current = undefined;
    },
  };
}

function showAtPointer(event: DragEvent, text: string): void {
  const picture = document.createElement('div');
  picture.textContent = text;
  picture.className = 'pp-dragged';
  document.body.append(picture);
  event.dataTransfer.setDragImage(picture, -12, 8);
  // The browser has taken its picture by the next turn of the event loop.
  setTimeout(() => picture.remove());
}
