import { graphql } from '../../../gql';
import type { ListedRunFragment } from '../../../gql/graphql';

graphql(`
  fragment ListedRun on Execution {
    id
    status
    trigger
    branch
    labels
    queuePosition
    createdAt
    startedAt
    finishedAt
    costUsd
    usage { inputTokens outputTokens }
    triggeredBy { trigger { id name } }
    workflow { id name }
    workflowVersion { id number }
  }
`);

export type RunRow = ListedRunFragment;

export const runsDocument = graphql(`
  query Runs($first: Int!, $after: String, $filter: ExecutionFilterInput) {
    executions(first: $first, after: $after, filter: $filter) {
      edges { cursor node { ...ListedRun } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const runChangesDocument = graphql(`
  subscription RunChanges {
    executionFeed { type execution { ...ListedRun } }
  }
`);

export const filterChoicesDocument = graphql(`
  query RunFilterChoices {
    executionLabels
    workflows(first: 100) {
      edges { cursor node { id name } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const triggerNameDocument = graphql(`
  query RunFilterTrigger($id: ID!) {
    trigger(id: $id) { id name }
  }
`);

export const cancelRunsDocument = graphql(`
  mutation CancelRuns($ids: [ID!]!) {
    cancelExecutions(input: { ids: $ids }) { cancelled skipped }
  }
`);

export const rerunRunsDocument = graphql(`
  mutation RerunRuns($ids: [ID!]!) {
    rerunExecutions(ids: $ids) { executionId refusal execution { id } }
  }
`);
