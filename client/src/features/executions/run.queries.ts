import { graphql } from '../../gql';
import type { RunQuery } from '../../gql/graphql';

export const runDocument = graphql(`
  query Run($id: ID!) {
    execution(id: $id) {
      id
      status
      trigger
      createdAt
      startedAt
      finishedAt
      durationMs
      lastSeq
      inputs
      output
      lockfile
      error { code message stepKey }
      usage { inputTokens outputTokens }
      startedBy { id name }
      branch
      rerunOf { id createdAt }
      reruns(first: 10) { edges { cursor node { id status createdAt branch } } pageInfo { endCursor hasNextPage } }
      replay { id }
      workflow { id name }
      workflowVersion { id number steps { key dependsOn } }
      steps {
        key
        name
        type
        status
        attempt
        startedAt
        finishedAt
        retryAt
        durationMs
        input
        output
        provider
        model
        simulated
        reused
        finishReason
        error { code message }
        usage { inputTokens outputTokens }
        messages { role content }
        promptVersion { id version prompt { id name } }
        waitingFor { reason until approval { title instructions fields approvers mayDecide link } }
      }
    }
  }
`);

export type Run = RunQuery['execution'];
export type RunStep = Run['steps'][number];

export const runEventsDocument = graphql(`
  subscription RunEvents($executionId: ID!, $after: Int!) {
    executionEvents(executionId: $executionId, after: $after) { seq type stepKey attempt at payload executionId }
  }
`);
