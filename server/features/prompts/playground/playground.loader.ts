import { identityOf, type ReadMany, type RequestContext } from '../../../graphql/context.js';
import { type PlaygroundService } from './playground.service.js';
import { noRuns, type RunStats } from './prompt-run.js';

/** What lists of versions ask for of each, read in one query a request. */
export class PlaygroundLoader {
  private readonly readStats: ReadMany<RunStats>;

  constructor(playground: PlaygroundService) {
    this.readStats = (workspaceId, ids) => playground.statsOf(workspaceId, ids);
  }

  stats(context: RequestContext, versionId: string): Promise<RunStats> {
    return context.loaders.load(this.readStats, identityOf(context), versionId, () => noRuns);
  }
}
