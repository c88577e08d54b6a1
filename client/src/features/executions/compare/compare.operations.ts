import { graphql } from '../../../gql';
import type { ComparedRunFragment, ComparedStepFragment, CompareRunsQuery, ValueDifferenceFragment } from '../../../gql/graphql';

export type ComparedRun = ComparedRunFragment;
export type ComparedStep = ComparedStepFragment;
export type ValueDifference = ValueDifferenceFragment;
export type StepPair = CompareRunsQuery['compareExecutions']['steps'][number];

graphql(`
  fragment ComparedRun on Execution {
    id status createdAt startedAt durationMs costUsd branch
    usage { inputTokens outputTokens }
    workflow { id name }
    workflowVersion { id number }
  }
`);

graphql(`
  fragment ComparedStep on StepExecution {
    key status durationMs costUsd model reused
    error { code message }
    usage { inputTokens outputTokens }
    promptVersion { id version prompt { id name } }
  }
`);

graphql(`
  fragment ValueDifference on ValueDiff {
    change truncated
    lines { change lineBefore lineAfter before { text changed } after { text changed } }
    fields { field change before after }
  }
`);

export const compareRunsDocument = graphql(`
  query CompareRuns($base: ID!, $other: ID!) {
    compareExecutions(baseId: $base, otherId: $other) {
      base { ...ComparedRun }
      other { ...ComparedRun }
      inputs { ...ValueDifference }
      output { ...ValueDifference }
      steps {
        key
        name
        base { ...ComparedStep }
        other { ...ComparedStep }
        output { ...ValueDifference }
      }
    }
  }
`);
