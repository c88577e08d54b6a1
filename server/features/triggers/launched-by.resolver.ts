import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { LaunchedBy } from '../../../schema/deliveries.js';
import { Execution } from '../../../schema/executions.js';
import { Trigger } from '../../../schema/triggers.js';
import { Workflow } from '../../../schema/workflows.js';
import { type RequestContext } from '../../graphql/context.js';
import { type TriggerLoader } from './trigger.loader.js';
import { toView } from './trigger.view.js';

@Resolver(() => Execution)
export class LaunchedByResolver {
  constructor(private readonly loader: TriggerLoader) {}

  @FieldResolver(() => LaunchedBy, { nullable: true, description: 'Null where no trigger launched it.' })
  async triggeredBy(@Root() { triggerId, deliveryId }: Execution, @Ctx() context: RequestContext): Promise<LaunchedBy | null> {
    if (triggerId === undefined) return null;
    const [trigger, delivery] = await Promise.all([this.loader.trigger(context, triggerId), deliveryId === undefined ? null : this.loader.delivery(context, deliveryId)]);
    return { trigger: trigger && toView(trigger), delivery };
  }
}

@Resolver(() => Workflow)
export class WorkflowTriggersResolver {
  constructor(private readonly loader: TriggerLoader) {}

  @FieldResolver(() => [Trigger], { description: 'What launches it, newest first.' })
  async triggers(@Root() { id }: Workflow, @Ctx() context: RequestContext): Promise<Trigger[]> {
    return (await this.loader.ofWorkflow(context, id)).map(toView);
  }
}
