import { graphql } from '../../../gql';
import type { ReplayQuery } from '../../../gql/graphql';

export type Replay = ReplayQuery['replay'];
export type ReplayedRun = Replay['executions']['edges'][number]['node'];

graphql(`
  fragment ReplayFacts on Replay {
    id
    branch
    createdAt
    startedBy { id name }
    summary { total queued running completed failed cancelled compared changedOutputs costUsd baseCostUsd p50Ms baseP50Ms }
  }
`);

export const replayDocument = graphql(`
  query Replay($id: ID!) {
    replay(id: $id) {
      ...ReplayFacts
      workflow { id name }
      executions(first: 100) {
        edges {
          cursor
          node { id status durationMs costUsd outputChanged rerunOf { id status createdAt startedAt durationMs costUsd } }
        }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
`);

export const replaysDocument = graphql(`
  query Replays($workflowId: ID!, $after: String) {
    replays(workflowId: $workflowId, first: 20, after: $after) {
      edges { cursor node { ...ReplayFacts } }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const replayWorkflowDocument = graphql(`
  mutation ReplayWorkflow($input: ReplayWorkflowInput!) {
    replayWorkflow(input: $input) { id }
  }
`);

export const cancelReplayDocument = graphql(`
  mutation CancelReplay($id: ID!) {
    cancelReplay(id: $id) { id summary { total queued running completed failed cancelled } }
  }
`);

export const workflowsOfPromptDocument = graphql(`
  query WorkflowsOfPrompt($id: ID!) {
    prompt(id: $id) { id usedBy { stepKey workflow { id name } } }
  }
`);

export const promptsOfWorkflowDocument = graphql(`
  query PromptsOfWorkflow($id: ID!) {
    workflow(id: $id) { id head { id steps { key settings } } }
  }
`);
