import { type ReplaySummary } from '../../../../schema/replays.js';
import { identityOf, type ReadMany, type RequestContext } from '../../../graphql/context.js';
import { type ReplayRecord, type Replays } from './replay.service.js';
import { summaryOf } from './replay-summary.js';

/** What lists of replays and of executions ask for of each, read in one query a request. */
export class ReplayLoader {
  private readonly readReplays: ReadMany<ReplayRecord | null>;
  private readonly readSummaries: ReadMany<ReplaySummary>;
  private readonly readChanges: ReadMany<boolean | null>;

  constructor(replays: Replays) {
    this.readReplays = (workspaceId, ids) => replays.byIds(workspaceId, ids);
    this.readSummaries = (workspaceId, ids) => replays.summaries(workspaceId, ids);
    this.readChanges = (workspaceId, ids) => replays.outputChanges(workspaceId, ids);
  }

  replay(context: RequestContext, id: string): Promise<ReplayRecord | null> {
    return context.loaders.load(this.readReplays, identityOf(context), id, () => null);
  }

  summary(context: RequestContext, id: string): Promise<ReplaySummary> {
    return context.loaders.load(this.readSummaries, identityOf(context), id, () => summaryOf([]));
  }

  outputChanged(context: RequestContext, executionId: string): Promise<boolean | null> {
    return context.loaders.load(this.readChanges, identityOf(context), executionId, () => null);
  }
}
