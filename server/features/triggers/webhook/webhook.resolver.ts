import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { Trigger } from '../../../../schema/triggers.js';
import { RotateTriggerSecretInput, RotateTriggerSecretPayload, WebhookSetUp } from '../../../../schema/webhooks.js';
import { Audited, NotAudited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { toView } from '../trigger.view.js';
import { type WebhookService } from './webhook.service.js';

const notAudited = 'It changes only who is shown what arrives, for ten minutes.';

@Resolver(() => Trigger)
export class WebhookResolver {
  constructor(private readonly service: WebhookService) {}

  @FieldResolver(() => WebhookSetUp, { nullable: true, description: 'Null for triggers of other types.' })
  webhook(@Root() trigger: Trigger): WebhookSetUp | null {
    return this.service.setUp(trigger) ?? null;
  }

  @Authorized<Permission>('trigger:write')
  @Audited('trigger.secret.rotate', 'trigger', { id: 'args.input.triggerId', keep: ['args.input.keepPreviousForHours'] })
  @Mutation(() => RotateTriggerSecretPayload, { description: 'Gives a webhook another secret. The one before may be accepted for a while, so that the sender can be changed meanwhile.' })
  async rotateTriggerSecret(@Ctx() context: RequestContext, @Arg('input', () => RotateTriggerSecretInput) input: RotateTriggerSecretInput): Promise<RotateTriggerSecretPayload> {
    const { trigger, secret } = await this.service.rotate(identityOf(context), input);
    return { trigger: toView(trigger), secret };
  }

  @Authorized<Permission>('trigger:write')
  @NotAudited(notAudited)
  @Mutation(() => Trigger, { description: 'For ten minutes what arrives at a webhook that is paused is kept as a TEST and launches nothing. One that is active launches as ever; either way `deliveryFeed` tells of it.' })
  async listenForTestEvents(@Ctx() context: RequestContext, @Arg('triggerId', () => ID) triggerId: string): Promise<Trigger> {
    return toView(await this.service.listen(identityOf(context), triggerId, true));
  }

  @Authorized<Permission>('trigger:write')
  @NotAudited(notAudited)
  @Mutation(() => Trigger, { description: 'Ends what listenForTestEvents began.' })
  async stopListeningForTestEvents(@Ctx() context: RequestContext, @Arg('triggerId', () => ID) triggerId: string): Promise<Trigger> {
    return toView(await this.service.listen(identityOf(context), triggerId, false));
  }
}
