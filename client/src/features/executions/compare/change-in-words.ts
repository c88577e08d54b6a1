/** How a number became another: `+12 %`, `−3 %`, `the same`; empty where there is nothing to compare. */
export function changeInWords(before: number | null | undefined, after: number | null | undefined): string {
  if (typeof before !== 'number' || typeof after !== 'number') return '';
  if (before === after) return 'the same';
  if (before === 0) return '';
  const percent = ((after - before) / before) * 100;
  const rounded = Math.abs(percent) < 10 ? Math.round(percent * 10) / 10 : Math.round(percent);
  if (rounded === 0) return 'about the same';
  return `${rounded > 0 ? '+' : '−'}${new Intl.NumberFormat('en-US').format(Math.abs(rounded))} %`;
}
