import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../api/api-errors';
import type { PromptRunsQuery } from '../../../gql/graphql';
import { formatCost, formatDuration, formatTokens } from '../../../ui/format';
import { RelativeTime } from '../../../ui/relative-time';
import { SideDrawer } from '../../../ui/side-drawer';
import { ErrorState, SkeletonRows } from '../../../ui/states';
import { roleNames } from '../editor/prompt-draft';
import { promptRunsDocument } from './playground.operations';
import classes from './playground.module.css';
import { RunEnding, RunFacts } from './run-facts';
import { RunOutput } from './run-output';
import { keptValues, type Values } from './values';

type EarlierRun = PromptRunsQuery['promptRuns']['edges'][number]['node'];

/** The runs of this prompt that were kept, newest first, to look at again or to go on from. */
export function EarlierRuns({ promptId, onUseValues }: { promptId: string; onUseValues: (values: Values) => void }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="subtle" color="gray" leftSection={<IconHistory size={16} />} onClick={() => setOpened(true)}>Earlier runs</Button>
      <SideDrawer opened={opened} onClose={() => setOpened(false)} position="right" size="lg" title="Earlier runs">
        <RunList
          promptId={promptId}
          onUseValues={(values) => {
            onUseValues(values);
            setOpened(false);
          }}
        />
      </SideDrawer>
    </>
  );
}

function RunList({ promptId, onUseValues }: { promptId: string; onUseValues: (values: Values) => void }) {
  const { data, error, refetch, fetchMore, networkStatus } = useQuery(promptRunsDocument, { variables: { promptId }, fetchPolicy: 'cache-and-network' });
  const [shownId, setShownId] = useState<string>();
  if (error && !data) return <ErrorState title="The runs could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={4} />;
  const { edges, pageInfo } = data.promptRuns;
  if (edges.length === 0) return <p className={classes.nothing}>Nothing has been run yet. What you run is kept here, with what it took.</p>;
  return (
    <>
      <ol className={classes.runs}>
        {edges.map(({ node }) => (
          <li key={node.id}>
            <button type="button" className={classes.run} aria-expanded={shownId === node.id} onClick={() => setShownId(shownId === node.id ? undefined : node.id)}>
              <span className={classes.runTop}>
                <strong className="tabular">{node.version?.version ?? 'Not committed'}</strong>
                <span>{node.model}</span>
                <span className={classes.runTime}><RelativeTime time={node.createdAt} /></span>
              </span>
              <span className={classes.runBelow}>
                <RunEnding state={{ phase: 'ended', run: node }} />
                <span className="tabular">{factsOf(node)}</span>
              </span>
            </button>
            {shownId === node.id && <RunDetails run={node} onUseValues={onUseValues} />}
          </li>
        ))}
      </ol>
      {pageInfo.hasNextPage && (
        <Button variant="default" size="xs" loading={networkStatus === NetworkStatus.fetchMore} onClick={() => void fetchMore({ variables: { after: pageInfo.endCursor } })}>Older runs</Button>
      )}
    </>
  );
}

function RunDetails({ run, onUseValues }: { run: EarlierRun; onUseValues: (values: Values) => void }) {
  const values = keptValues(run.values);
  return (
    <div className={classes.runDetails}>
      <RunFacts state={{ phase: 'ended', run }} />
      {run.messages.map(({ role, content }, index) => (
        <section key={index} aria-label={`${roleNames[role]} message`}>
          <h4 className={classes.runHeading}>{roleNames[role]}</h4>
          <pre className={classes.code}>{content}</pre>
        </section>
      ))}
      <h4 className={classes.runHeading}>Answer, run by {run.runBy.name}</h4>
      <RunOutput state={{ phase: 'ended', run }} label="Answer" />
      {Object.keys(values).length > 0 && <Button variant="default" size="xs" onClick={() => onUseValues(values)}>Use its values</Button>}
    </div>
  );
}

function factsOf({ durationMs, usage, cost, status }: EarlierRun): string {
  const facts = typeof durationMs === 'number' ? [formatDuration(durationMs)] : [];
  if (status === 'COMPLETED') facts.push(formatTokens(usage.inputTokens + usage.outputTokens));
  if (status === 'COMPLETED' && typeof cost === 'number') facts.push(formatCost(cost));
  return facts.join(' · ');
}
