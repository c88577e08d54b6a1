/** What one column runs: the draft or a version, by its own model or by another. */
export interface Column {
  /** `draft`, or a version's id. */
  source: string;
  /** Empty: the source's own. */
  model: string;
}

export const mostColumns = 4;
export const draftSource = 'draft';
const separator = '~';

/** The columns in an address: `?run=draft&run=<version>~simulated/instant`. One with the draft where there are none. */
export function columnsOf(params: URLSearchParams): Column[] {
  const columns = params
    .getAll('run')
    .slice(0, mostColumns)
    .map((text) => {
      const at = text.indexOf(separator);
      return at === -1 ? { source: text, model: '' } : { source: text.slice(0, at), model: text.slice(at + 1) };
    })
    .filter(({ source }) => source !== '');
  return columns.length > 0 ? columns : [{ source: draftSource, model: '' }];
}

export function withColumns(params: URLSearchParams, columns: readonly Column[]): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('run');
  for (const { source, model } of columns) next.append('run', model ? `${source}${separator}${model}` : source);
  return next;
}
