import { graphql } from '../../gql';
import type { RunQuery } from '../../gql/graphql';

/** A value as the page shows it: a very long one only begins. */
graphql(`
  fragment Excerpt on ValueExcerpt {
    value
    beginning
    isText
    length
  }
`);

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
      outputExcerpt { ...Excerpt }
      lockfile
      error { code message stepKey }
      usage { inputTokens outputTokens }
      startedBy { id name }
      triggeredBy { trigger { id name type } delivery { id receivedAt } }
      branch
      triggeredBy { trigger { id name } delivery { id } }
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
        provider
        model
        simulated
        reused
        error { code message }
        usage { inputTokens outputTokens }
        costUsd
        promptVersion { id version prompt { id name } }
        attempts { number startedAt finishedAt outcome error { code message } waits { reason startedAt finishedAt } }
        waitingFor { reason until approval { title instructions fields approvers mayDecide link } }
      }
    }
  }
`);

export type Run = RunQuery['execution'];
export type RunStep = Run['steps'][number];
export type Excerpt = NonNullable<Run['outputExcerpt']>;

export const runEventsDocument = graphql(`
  subscription RunEvents($executionId: ID!, $after: Int!) {
    executionEvents(executionId: $executionId, after: $after, longestOutput: 200000) { seq type stepKey attempt at payload executionId }
  }
`);
