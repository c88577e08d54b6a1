import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Within this many pixels of the end, the reader counts as being there. */
const near = 32;

interface Stick {
  /** The reader has scrolled away from the end. */
  away: boolean;
  toBottom: () => void;
}

/**
 * Keeps the end of a growing text in view for a reader who is at the end, and leaves everybody else where they are. What scrolls is `pane`,
 * or the page where the pane does not scroll by itself.
 * @param growth changes with the text
 * @param subject what is read; another one is read from its start
 */
export function useStickToBottom(pane: RefObject<HTMLElement | null>, active: boolean, growth: unknown, subject: string): Stick {
  const atEnd = useRef(true);
  /** Whose end the reader has scrolled away from. */
  const [awayFrom, setAwayFrom] = useState<string | null>(null);

  // Not a layout effect: the pane stands around this component, so it is known only after those.
  useEffect(() => {
    const scroller = scrollerOf(pane.current);
    if (scroller === pane.current) scroller.scrollTop = 0;
    const target = scroller === document.scrollingElement ? window : scroller;
    const look = () => {
      atEnd.current = isAtEnd(scroller);
      setAwayFrom(atEnd.current ? null : subject);
    };
    atEnd.current = scroller === pane.current;
    target.addEventListener('scroll', look, { passive: true });
    return () => target.removeEventListener('scroll', look);
  }, [pane, subject]);

  useLayoutEffect(() => {
    if (!active || !atEnd.current) return;
    const scroller = scrollerOf(pane.current);
    scroller.scrollTop = scroller.scrollHeight;
  }, [pane, active, growth]);

  const toBottom = () => {
    const scroller = scrollerOf(pane.current);
    scroller.scrollTop = scroller.scrollHeight;
    atEnd.current = true;
    setAwayFrom(null);
  };
  return { away: awayFrom === subject, toBottom };
}

function scrollerOf(pane: HTMLElement | null): Element {
  const page = document.scrollingElement ?? document.documentElement;
  return pane && getComputedStyle(pane).overflowY === 'auto' ? pane : page;
}

const isAtEnd = (scroller: Element) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= near;
