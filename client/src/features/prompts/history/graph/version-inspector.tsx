import { useQuery } from '@apollo/client/react';
import { Button, Skeleton } from '@mantine/core';
import { IconChartBar, IconGitCommit, IconGitMerge, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../../../api/api-errors';
import { RelativeTime } from '../../../../ui/relative-time';
import { ErrorState } from '../../../../ui/states';
import { RunCharts } from '../../../stats/run-charts';
import { compareVersionsDocument } from '../diff/diff.operations';
import { DiffView } from '../diff/diff-view';
import { promptLinks } from '../prompt-links';
import type { VersionActions } from '../versions/use-version-actions';
import { VersionMenu } from '../versions/version-menu';
import { authorOf, RunStats, VersionMarks } from '../versions/version-marks';
import { versionDocument, type Version } from '../versions/version.operations';
import classes from './graph.module.css';

interface VersionInspectorProps {
  versionId: string;
  actions: VersionActions;
  /** Those loaded, to name parents by their numbers. */
  versions: readonly Version[];
}

/** A version without leaving the history: who made it from what, and what it changed. */
export function VersionInspector({ versionId, actions, versions }: VersionInspectorProps) {
  const [showsUse, setShowsUse] = useState(false);
  const { data, error, refetch } = useQuery(versionDocument, { variables: { id: versionId } });
  if (error && !data) return <ErrorState title="The version could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
  if (!data) return <div className={classes.inspector} role="status" aria-label="Loading"><Skeleton height={16} width="60%" /><Skeleton height={12} mt={12} width="80%" /></div>;
  const version = data.promptVersion;
  const { promptId, branch } = actions;
  return (
    <section className={classes.inspector} aria-labelledby="version-title">
      <div className={classes.inspectorTop}>
        <h2 id="version-title" className={classes.inspectorTitle}>{version.version}</h2>
        <VersionMarks version={version} />
        <span className={classes.inspectorMenu}><VersionMenu version={version} actions={actions} inHistory /></span>
      </div>
      <p className={classes.inspectorMessage}>{version.message}</p>
      <p className={classes.inspectorFacts}>
        {authorOf(version)} on {version.branch}, <RelativeTime time={version.createdAt} />
        <RunStats stats={version.runStats} />
      </p>
      {version.parentIds.length > 0 && (
        <p className={classes.inspectorFacts}>
          {version.parentIds.length > 1 ? <IconGitMerge size={14} aria-hidden /> : <IconGitCommit size={14} aria-hidden />}
          {version.parentIds.length > 1 ? 'Merges' : 'Made from'}{' '}
          {version.parentIds.map((id, index) => (
            <span key={id}>{index > 0 && ' and '}<Link to={promptLinks.history(promptId, branch, id)} replace preventScrollReset>{versions.find((each) => each.id === id)?.version ?? 'an older version'}</Link></span>
          ))}
        </p>
      )}
      <div className={classes.inspectorActions}>
        <Button size="compact-sm" variant="default" leftSection={<IconPencil size={14} />} component={Link} to={promptLinks.edit(promptId, branch, version.id)}>Open the whole text</Button>
        <Button size="compact-sm" variant="default" leftSection={<IconChartBar size={14} />} aria-expanded={showsUse} onClick={() => setShowsUse(!showsUse)}>{showsUse ? 'Hide its use' : 'Use in workflows'}</Button>
      </div>
      {showsUse && <div className={classes.inspectorUse}><RunCharts title="Use in workflows" promptVersionId={version.id} /></div>}
      {version.parentIds[0] ? <Changes from={version.parentIds[0]} to={version.id} /> : <p className={classes.inspectorFacts}>The first version of the prompt.</p>}
    </section>
  );
}

function Changes({ from, to }: { from: string; to: string }) {
  const { data, error, refetch } = useQuery(compareVersionsDocument, { variables: { from, to }, fetchPolicy: 'no-cache' });
  if (data) return <DiffView diff={data.comparePromptVersions} unified />;
  if (error) return <ErrorState title="What it changed could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
  return <div role="status" aria-label="Loading"><Skeleton height={12} width="70%" /><Skeleton height={12} mt={8} width="50%" /></div>;
}
