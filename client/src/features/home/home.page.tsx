import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { usePermissions } from '../../api/use-permissions';
import { useSession } from '../../api/use-session';
import { formatDuration } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { RelativeTime } from '../../ui/relative-time';
import { RunStatus } from '../../ui/run-status';
import { ErrorState, SkeletonRows } from '../../ui/states';
import { RunCharts } from '../stats/run-charts';
import { FirstSteps } from './first-steps';
import { homeDocument } from './home.operations';
import classes from './home.module.css';
import { LatestList } from './latest-list';
import { TriggerAlarms } from './trigger-alarms';
import { WaitingDecisions } from './waiting-decisions';

export default function HomePage() {
  const { viewer } = useSession();
  const mayWrite = usePermissions()('workflow:write');
  const { data, error, refetch } = useQuery(homeDocument);
  const prompts = data?.prompts.edges.map(({ node }) => node) ?? [];
  const workflows = data?.workflows.edges.map(({ node }) => node) ?? [];
  const runs = data?.executions.edges.map(({ node }) => node) ?? [];
  const waiting = [...(data?.approvals.edges ?? []), ...(data?.held.edges ?? [])].map(({ node }) => node);
  const firstWorkflow = workflows.at(-1);
  return (
    <>
      <PageHeader
        title="Home"
        facts={viewer && <span className={classes.workspace}>{viewer.workspace.name}</span>}
        action={mayWrite && <Button component={Link} to="/workflows/new" leftSection={<IconPlus size={16} />}>New workflow</Button>}
      />
      {error && !data ? (
        <ErrorState title="Home could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={5} height={56} />
      ) : (
        <div className={classes.page}>
          <FirstSteps
            hasPrompt={prompts.length > 0}
            hasWorkflow={workflows.length > 0}
            hasRun={runs.length > 0}
            workflowPath={firstWorkflow ? `/workflows/${firstWorkflow.id}` : '/workflows'}
          />
          <TriggerAlarms alarms={data.alarms} deadLetters={data.deadLetters} />
          <WaitingDecisions runs={waiting} />
          {runs.length > 0 && <RunCharts title="Activity" />}
          <LatestList
            title="Latest runs"
            all="/runs"
            empty="Nothing has run yet. Open a workflow and run it."
            items={runs.map(({ id, status, createdAt, durationMs, workflow }) => ({
              id,
              to: `/runs/${id}`,
              name: workflow.name,
              facts: (
                <>
                  <RunStatus status={status} quiet />
                  <span className={`tabular ${classes.duration}`}>{typeof durationMs === 'number' ? formatDuration(durationMs) : ''}</span>
                  <span className={classes.time}><RelativeTime time={createdAt} /></span>
                </>
              ),
            }))}
          />
          <div className={classes.pair}>
            <LatestList
              title="Prompts"
              all="/prompts"
              empty="No prompts yet."
              items={prompts.map(({ id, name, updatedAt, head }) => ({
                id,
                to: `/prompts/${id}`,
                name,
                facts: (
                  <>
                    <span className="tabular">{head.version}</span>
                    <span className={classes.time}><RelativeTime time={updatedAt} /></span>
                  </>
                ),
              }))}
            />
            <LatestList
              title="Workflows"
              all="/workflows"
              empty="No workflows yet."
              items={workflows.map(({ id, name, updatedAt, head }) => ({
                id,
                to: `/workflows/${id}`,
                name,
                facts: (
                  <>
                    <span className="tabular">Version {head.number}</span>
                    <span className={classes.time}><RelativeTime time={updatedAt} /></span>
                  </>
                ),
              }))}
            />
          </div>
        </div>
      )}
    </>
  );
}
