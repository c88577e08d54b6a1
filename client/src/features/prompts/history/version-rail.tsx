import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconCircleDot, IconPencil } from '@tabler/icons-react';
import { Link } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { RelativeTime } from '../../../ui/relative-time';
import { SkeletonRows } from '../../../ui/states';
import { promptVersionsDocument } from '../prompt.operations';
import type { PromptVersion } from '../editor/prompt-draft';
import classes from './version-rail.module.css';

interface VersionRailProps {
  promptId: string;
  headId: string;
  /** Undefined: the draft. */
  selectedId: string | undefined;
  dirty: boolean;
}

/** All versions, newest first, with the draft on top. Choosing one shows it in the editor's place. */
export function VersionRail({ promptId, headId, selectedId, dirty }: VersionRailProps) {
  const { versions, loading, error, hasMore, loadMore, loadingMore } = usePromptVersions(promptId);
  return (
    <nav aria-label="Versions" className={classes.rail}>
      <h2 className={classes.title}>Versions</h2>
      <ol className={classes.list}>
        <li>
          <Link to={{ search: '' }} replace preventScrollReset className={classes.version} aria-current={!selectedId || undefined}>
            <span className={classes.top}>
              <IconPencil size={14} aria-hidden />
              <strong>Draft</strong>
            </span>
            <span className={classes.message}>{dirty ? 'Changed, not yet committed' : 'Same as the newest version'}</span>
          </Link>
        </li>
        {versions.map((version) => (
          <li key={version.id}>
            <Link
              to={{ search: `?version=${version.id}` }}
              replace
              preventScrollReset
              className={classes.version}
              aria-current={selectedId === version.id || undefined}
            >
              <span className={classes.top}>
                <IconCircleDot size={14} aria-hidden />
                <strong className="tabular">{version.version}</strong>
                {version.id === headId && <span className={classes.newest}>newest</span>}
                <span className={classes.time}><RelativeTime time={version.createdAt} /></span>
              </span>
              <span className={classes.message}>{version.message}</span>
              <span className={classes.author}>{version.author.name}</span>
            </Link>
          </li>
        ))}
      </ol>
      {loading && versions.length === 0 && <SkeletonRows rows={3} height={64} />}
      {error && <p className={classes.failure} role="alert">{problemOf(error).message}</p>}
      {hasMore && (
        <div className={classes.more}>
          <Button variant="subtle" size="xs" loading={loadingMore} onClick={() => void loadMore()}>Older versions</Button>
        </div>
      )}
    </nav>
  );
}

/** The versions loaded so far, newest first. */
export function usePromptVersions(promptId: string) {
  const { data, loading, error, fetchMore, networkStatus } = useQuery(promptVersionsDocument, { variables: { id: promptId } });
  const connection = data?.prompt.versions;
  return {
    versions: connection?.edges.map(({ node }): PromptVersion => node) ?? [],
    loading,
    error,
    hasMore: connection?.pageInfo.hasNextPage ?? false,
    loadingMore: networkStatus === NetworkStatus.fetchMore,
    loadMore: () => fetchMore({ variables: { after: connection?.pageInfo.endCursor } }),
  };
}
