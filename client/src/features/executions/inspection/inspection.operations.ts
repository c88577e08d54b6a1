import { graphql } from '../../../gql';
import type { RunChildrenQuery, RunStepQuery } from '../../../gql/graphql';

/** What only the reader of one step needs. */
export const runStepDocument = graphql(`
  query RunStep($id: ID!, $key: String!) {
    execution(id: $id) {
      id
      step(key: $key) {
        key
        inputExcerpt { ...Excerpt }
        outputExcerpt { ...Excerpt }
        finishReason
        messages { role content }
        calls {
          model
          simulated
          status
          problems
          error { code message }
          usage { inputTokens outputTokens cachedInputTokens reasoningTokens }
          costUsd
          prices { input output cachedInput }
          durationMs
        }
        logs { seq at attempt level message fields }
        childStates { status count }
      }
    }
  }
`);

export type StepDetails = NonNullable<RunStepQuery['execution']['step']>;
export type StepCall = StepDetails['calls'][number];

export const wholeInputDocument = graphql(`
  query WholeInput($id: ID!, $key: String!) {
    execution(id: $id) { id step(key: $key) { key input } }
  }
`);

export const wholeOutputDocument = graphql(`
  query WholeOutput($id: ID!, $key: String!) {
    execution(id: $id) { id step(key: $key) { key output } }
  }
`);

export const wholeRunOutputDocument = graphql(`
  query WholeRunOutput($id: ID!) {
    execution(id: $id) { id output }
  }
`);

export const runChildrenDocument = graphql(`
  query RunChildren($id: ID!, $stepKey: String!, $status: ExecutionStatus, $after: String) {
    execution(id: $id) {
      id
      children(first: 100, stepKey: $stepKey, status: $status, after: $after) {
        edges { cursor node { id itemIndex status startedAt finishedAt error { code message } usage { inputTokens outputTokens } costUsd workflow { id name } } }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
`);

export type ChildRun = RunChildrenQuery['execution']['children']['edges'][number]['node'];
