import { Button, Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './data-table.module.css';
import type { Selection } from './use-selection';

export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  /** A CSS grid track: `120px`, `minmax(0, 2fr)`. */
  width?: string;
  align?: 'end';
  /** Left out under 768 px. */
  wideOnly?: boolean;
}

interface Ticks {
  selection: Omit<Selection<{ id: string }>, 'selected'> & { selected: readonly unknown[] };
  /** For assistive technology: of a row, by its key. */
  nameOf: (key: string) => string;
}

interface DataTableProps<Row> {
  /** For assistive technology: what the rows are. */
  label: string;
  /** The first column names the row and, with `rowHref`, links to it. */
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHref?: (row: Row) => string;
  /** Rows can be ticked, with Shift all from the last one that was. */
  ticks?: Ticks;
  hasMore?: boolean;
  loadingMore?: boolean;
  onLoadMore?: () => void;
}

/** A list: the whole row is a link to its detail page, and more is loaded on demand. */
export function DataTable<Row>({ label, columns, rows, rowKey, rowHref, ticks, hasMore, loadingMore, onLoadMore }: DataTableProps<Row>) {
  return (
    <>
      <table className={classes.table} aria-label={label}>
        <colgroup>
          {ticks && <col style={{ width: '44px' }} />}
          {columns.map(({ header, width, wideOnly }) => (
            <col key={header} style={{ width }} data-wide-only={wideOnly || undefined} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {ticks && (
              <th className={classes.tick}>
                <TickAll ticks={ticks} rows={rows.length} label={label} />
              </th>
            )}
            {columns.map(({ header, align, wideOnly }) => (
              <th key={header} scope="col" data-align={align} data-wide-only={wideOnly || undefined}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-link={rowHref ? true : undefined} data-selected={ticks?.selection.isSelected(rowKey(row)) || undefined}>
              {ticks && (
                <td className={classes.tick}>
                  <Checkbox
                    size="xs"
                    aria-label={`Select ${ticks.nameOf(rowKey(row))}`}
                    checked={ticks.selection.isSelected(rowKey(row))}
                    onChange={() => undefined}
                    onClick={(event) => ticks.selection.toggle(rowKey(row), event.shiftKey)}
                  />
                </td>
              )}
              {columns.map(({ header, cell, align, wideOnly }, index) => (
                <td key={header} data-align={align} data-wide-only={wideOnly || undefined}>
                  {index === 0 && rowHref ? (
                    <Link to={rowHref(row)} className={classes.rowLink}>
                      {cell(row)}
                    </Link>
                  ) : (
                    cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hasMore && onLoadMore && (
        <div className={classes.more}>
          <Button variant="default" onClick={onLoadMore} loading={loadingMore}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}

function TickAll({ ticks: { selection }, rows, label }: { ticks: Ticks; rows: number; label: string }) {
  const count = selection.selected.length;
  const all = count === rows && rows > 0;
  return (
    <Checkbox
      size="xs"
      aria-label={`Select all: ${label}`}
      checked={all}
      indeterminate={count > 0 && !all}
      onChange={() => (all ? selection.clear() : selection.selectAll())}
    />
  );
}
