import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconCircleDot, IconPencil } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../../../api/api-errors';
import { RelativeTime } from '../../../../ui/relative-time';
import { SkeletonRows } from '../../../../ui/states';
import { promptLinks } from '../prompt-links';
import type { VersionActions } from './use-version-actions';
import { VersionMenu } from './version-menu';
import { authorOf, RunStats, VersionMarks } from './version-marks';
import { branchVersionsDocument, type VersionWithStats } from './version.operations';
import classes from './versions.module.css';

interface VersionRailProps {
  actions: VersionActions;
  /** Undefined: the draft. */
  selectedId: string | undefined;
  dirty: boolean;
}

/** The versions of a branch, newest first, with the draft on top. Choosing one shows it in the editor's place. */
export function VersionRail({ actions, selectedId, dirty }: VersionRailProps) {
  const { promptId, branch, head } = actions;
  const { data, error, fetchMore, networkStatus, refetch } = useQuery(branchVersionsDocument, {
    variables: { id: promptId, branch },
    notifyOnNetworkStatusChange: true,
  });
  const connection = data?.prompt.versions;
  const newestShown = connection?.edges[0]?.node.id;
  useEffect(() => {
    // Somebody else's commit came to be known by its branch.
    if (newestShown && newestShown !== head.id) void refetch().catch(() => undefined);
  }, [newestShown, head.id, refetch]);

  return (
    <nav aria-label="Versions" className={classes.rail}>
      <h2 className={classes.title}>Versions on {branch}</h2>
      <ol className={classes.list}>
        <li className={classes.entry}>
          <Link to={promptLinks.edit(promptId, branch)} replace preventScrollReset className={classes.version} aria-current={!selectedId || undefined}>
            <span className={classes.top}>
              <IconPencil size={14} aria-hidden />
              <strong>Draft</strong>
            </span>
            <span className={classes.message}>{dirty ? 'Changed, not yet committed' : `Same as ${head.version}`}</span>
          </Link>
        </li>
        {connection?.edges.map(({ node }) => <Entry key={node.id} version={node} actions={actions} selected={selectedId === node.id} />)}
      </ol>
      {!connection && !error && <SkeletonRows rows={3} height={72} />}
      {error && !connection && (
        <p className={classes.failure} role="alert">
          {problemOf(error).message} <Button size="compact-xs" variant="default" onClick={() => void refetch()}>Try again</Button>
        </p>
      )}
      {connection?.pageInfo.hasNextPage && (
        <div className={classes.more}>
          <Button variant="subtle" size="xs" loading={networkStatus === NetworkStatus.fetchMore} onClick={() => void fetchMore({ variables: { after: connection.pageInfo.endCursor } })}>
            Older versions
          </Button>
        </div>
      )}
    </nav>
  );
}

function Entry({ version, actions, selected }: { version: VersionWithStats; actions: VersionActions; selected: boolean }) {
  return (
    <li className={classes.entry}>
      <Link to={promptLinks.edit(actions.promptId, actions.branch, version.id)} replace preventScrollReset className={classes.version} aria-current={selected || undefined}>
        <span className={classes.top}>
          <IconCircleDot size={14} aria-hidden />
          <strong className="tabular">{version.version}</strong>
          <span className={classes.time}><RelativeTime time={version.createdAt} /></span>
        </span>
        <span className={classes.message} title={version.message}>{version.message}</span>
        <span className={classes.author}>{authorOf(version)}</span>
        <span className={classes.below}>
          <VersionMarks version={version} />
          <RunStats stats={version.runStats} />
        </span>
      </Link>
      <span className={classes.menu}><VersionMenu version={version} actions={actions} /></span>
    </li>
  );
}
