import { Button, Checkbox, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { LibraryPromptFragment, LibraryPromptsQuery } from '../../../../gql/graphql';
import classes from './list.module.css';
import type { PromptTasks } from './prompt-menu';
import { PromptRow } from './prompt-row';
import type { Selection } from '../../../../ui/use-selection';

interface PromptTableProps {
  edges: LibraryPromptsQuery['prompts']['edges'];
  selection: Selection<LibraryPromptFragment>;
  tasks: PromptTasks;
  /** What is shown is about to be replaced. */
  outdated: boolean;
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
}

/** Prompts as rows that lead to them, can be ticked, and can be dragged onto a folder. */
export function PromptTable({ edges, selection, tasks, outdated, hasMore, loadingMore, onLoadMore }: PromptTableProps) {
  const all = selection.selected.length === edges.length;
  const body = useRef<HTMLTableSectionElement>(null);
  const firstOfMore = useRef<number>(undefined);
  // Whoever asked for more goes on where it begins: the button is gone, or far below.
  useEffect(() => {
    const first = firstOfMore.current;
    if (first === undefined || loadingMore || edges.length <= first) return;
    firstOfMore.current = undefined;
    body.current?.rows[first]?.querySelector('a')?.focus();
  }, [edges, loadingMore]);
  const loadMore = () => {
    firstOfMore.current = edges.length;
    onLoadMore();
  };
  return (
    <>
      <table className={classes.table} aria-label="Prompts" aria-busy={outdated}>
        <thead>
          <tr>
            <th scope="col" className={classes.tick}>
              <Checkbox
                size="xs"
                aria-label="Select all that are shown"
                checked={all}
                indeterminate={!all && selection.selected.length > 0}
                onChange={() => (all ? selection.clear() : selection.selectAll())}
              />
            </th>
            <th scope="col">Name</th>
            <th scope="col" data-from="wide" className={classes.tags}>Tags</th>
            <th scope="col" data-from="wide" className={classes.labels}>Labels</th>
            <th scope="col" className={classes.version}>Version</th>
            <th scope="col" data-from="medium" className={classes.updated}>Last change</th>
            <th scope="col" className={classes.menu}><VisuallyHidden component="span">Actions</VisuallyHidden></th>
          </tr>
        </thead>
        <tbody ref={body}>
          {edges.map((edge) => <PromptRow key={edge.node.id} edge={edge} selection={selection} tasks={tasks} />)}
        </tbody>
      </table>
      {hasMore && (
        <div className={classes.loadMore}>
          <Button variant="default" onClick={loadMore} loading={loadingMore}>Load more</Button>
        </div>
      )}
    </>
  );
}
