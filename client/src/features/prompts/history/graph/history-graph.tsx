import { Button, Checkbox } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { Link } from 'react-router';
import { RelativeTime } from '../../../../ui/relative-time';
import { authorOf, VersionMarks } from '../versions/version-marks';
import type { Version } from '../versions/version.operations';
import { GraphCell } from './graph-cell';
import { layOut, type GraphRow } from './graph-layout';
import classes from './graph.module.css';

interface HistoryGraphProps {
  versions: readonly Version[];
  /** Whose details are shown. */
  selectedId: string | undefined;
  hrefOf: (versionId: string) => string;
  /** At most two. */
  compared: readonly string[];
  onCompare: (id: string, on: boolean) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
}

/** The history as a picture beside its list. The arrow keys go through it, Enter shows a version, the space bar marks it for comparing. */
export function HistoryGraph({ versions, selectedId, hrefOf, compared, onCompare, hasMore, loadingMore, onLoadMore }: HistoryGraphProps) {
  const list = useRef<HTMLOListElement>(null);
  const narrow = useMediaQuery('(max-width: 767px)');
  // Large enough for a finger where there is one.
  const rowHeight = narrow ? 56 : 36;
  const { rows, lanes } = useMemo(() => layOut(versions), [versions]);
  const byId = useMemo(() => new Map(versions.map((version) => [version.id, version])), [versions]);
  // Many branches side by side stand closer, so that the text keeps its room.
  const laneWidth = Math.max(6, Math.min(narrow ? 12 : 16, (narrow ? 84 : 208) / lanes));

  const onKeyDown = (event: React.KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-version-link]') ?? [])];
    const at = links.findIndex((link) => link.closest('li')?.contains(document.activeElement));
    const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (to !== undefined && at !== -1 && !event.metaKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      links[Math.max(0, Math.min(links.length - 1, to))]?.focus();
    }
    if (event.key === ' ' && document.activeElement?.hasAttribute('data-version-link')) {
      event.preventDefault();
      const id = rows[at]?.id;
      if (id) onCompare(id, !compared.includes(id));
    }
  };

  return (
    <div className={classes.graph} style={{ '--row-height': `${rowHeight}px` } as React.CSSProperties}>
      <ol ref={list} className={classes.rows} aria-label="Versions, newest first" onKeyDown={onKeyDown}>
        {rows.map((row, index) => {
          const version = byId.get(row.id);
          return version && (
            <Row
              key={row.id}
              row={row}
              version={version}
              lanes={lanes}
              laneWidth={laneWidth}
              height={rowHeight}
              selected={row.id === selectedId}
              tabbable={selectedId && byId.has(selectedId) ? row.id === selectedId : index === 0}
              href={hrefOf(row.id)}
              compared={compared.includes(row.id)}
              onCompare={onCompare}
            />
          );
        })}
      </ol>
      {hasMore && (
        <div className={classes.more}>
          <Button variant="default" size="xs" onClick={onLoadMore} loading={loadingMore}>Load older versions</Button>
        </div>
      )}
    </div>
  );
}

interface RowProps {
  row: GraphRow;
  version: Version;
  lanes: number;
  laneWidth: number;
  height: number;
  selected: boolean;
  /** One row of the list can be reached with Tab; the arrow keys go on from there. */
  tabbable: boolean;
  href: string;
  compared: boolean;
  onCompare: (id: string, on: boolean) => void;
}

function Row({ row, version, lanes, laneWidth, height, selected, tabbable, href, compared, onCompare }: RowProps) {
  return (
    <li className={classes.row} data-selected={selected || undefined}>
      <GraphCell row={row} lanes={lanes} laneWidth={laneWidth} height={height} isMerge={version.parentIds.length > 1} />
      <Link
        to={href}
        replace
        preventScrollReset
        data-version-link
        tabIndex={tabbable ? 0 : -1}
        aria-current={selected || undefined}
        className={classes.link}
        aria-label={`${version.version}, ${version.message}, on ${version.branch}${version.parentIds.length > 1 ? ', a merge' : ''}`}
      >
        <strong className={classes.number}>{version.version}</strong>
        <span className={classes.what}>
          <span className={classes.message}>{version.message}</span>
          <VersionMarks version={version} withMerge={false} />
        </span>
        <span className={classes.who}>{authorOf(version)}</span>
        <span className={classes.when}><RelativeTime time={version.createdAt} /></span>
      </Link>
      <Checkbox
        size="xs"
        className={classes.compare}
        checked={compared}
        onChange={({ currentTarget: { checked } }) => onCompare(version.id, checked)}
        aria-label={`Compare ${version.version}`}
        tabIndex={tabbable || compared ? 0 : -1}
      />
    </li>
  );
}
