import { graphql } from '../../gql';
import type { RunStatsQuery } from '../../gql/graphql';

export const runStatsDocument = graphql(`
  query RunStats($input: ExecutionStatsInput!) {
    executionStats(input: $input) {
      total { total failed failureRate p50DurationMs p95DurationMs inputTokens outputTokens costUsd }
      buckets { from to completed failed cancelled unfinished p50DurationMs p95DurationMs costUsd }
    }
  }
`);

export type RunStats = RunStatsQuery['executionStats'];
