import { useState, type UIEvent } from 'react';

/** Rows that are drawn beyond what is in view, so that scrolling shows no gap. */
const spare = 10;

/**
 * Which of very many rows of one height are to be drawn within a scroller: those in view and some around them.
 * @param firstView how many are in view before anybody scrolls, at most
 */
export function useRowsInView(count: number, rowHeight: number, firstView = 30) {
  const [view, setView] = useState({ from: 0, to: firstView });
  const follow = ({ currentTarget: { scrollTop, clientHeight } }: UIEvent<HTMLElement>) => {
    // By tens, so that a scroll does not draw anew at each pixel.
    const from = Math.max(0, Math.floor(scrollTop / rowHeight / spare) * spare - spare);
    const to = from + Math.ceil(clientHeight / rowHeight / spare) * spare + 3 * spare;
    setView((current) => (current.from === from && current.to === to ? current : { from, to }));
  };
  const from = Math.min(view.from, count);
  return { from, to: Math.min(view.to, count), onScroll: follow };
}
