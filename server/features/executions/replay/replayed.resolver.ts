import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Execution } from '../../../../schema/executions.js';
import { Replay } from '../../../../schema/replays.js';
import { type RequestContext } from '../../../graphql/context.js';
import { type ReplayLoader } from './replay.loader.js';

@Resolver(() => Execution)
export class ReplayedExecutionResolver {
  constructor(private readonly loader: ReplayLoader) {}

  @FieldResolver(() => Replay, { nullable: true, description: 'That it is a part of.' })
  async replay(@Root() { replayId }: Execution, @Ctx() context: RequestContext): Promise<Replay | null> {
    return replayId ? this.loader.replay(context, replayId) : null;
  }

  @FieldResolver(() => Boolean, { nullable: true, description: 'Whether its output differs from that of the execution it repeats; null unless both have completed.' })
  async outputChanged(@Root() { id, rerunOfId }: Execution, @Ctx() context: RequestContext): Promise<boolean | null> {
    return rerunOfId ? this.loader.outputChanged(context, id) : null;
  }
}
