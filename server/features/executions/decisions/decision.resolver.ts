import { Arg, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { DecideApprovalByLinkInput, DecideApprovalInput, LinkedApproval, ResolveUnknownOutcomeInput } from '../../../../schema/decisions.js';
import { Execution } from '../../../../schema/executions.js';
import { StepApproval } from '../../../../schema/step-waits.js';
import { Audited, NotAudited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type Approvals } from './approvals.service.js';
import { type HeldOutcomes } from './held-outcomes.service.js';

@Resolver()
export class DecisionResolver {
  constructor(
    private readonly approvals: Approvals,
    private readonly held: HeldOutcomes,
  ) {}

  @Authorized<Permission>('execution:start')
  @Audited('approval.decide', 'execution', { id: 'args.input.executionId', keep: ['args.input.stepKey', 'args.input.outcome'], execution: 'args.input.executionId' })
  @Mutation(() => Execution, { description: 'Decides what an APPROVAL step waits for. The first decision counts: a later one is a CONFLICT that says who decided.' })
  decideApproval(@Ctx() context: RequestContext, @Arg('input', () => DecideApprovalInput) input: DecideApprovalInput): Promise<Execution> {
    return this.approvals.decide(identityOf(context), input);
  }

  @Authorized<Permission>('public')
  @Query(() => LinkedApproval, { description: 'What a link to an approval leads to. To read it decides nothing.' })
  approval(@Arg('token', () => String) token: string): Promise<LinkedApproval> {
    return this.approvals.linked(token);
  }

  @Authorized<Permission>('public')
  @NotAudited('The service tells of it: what the link leads to is not known before.')
  @Mutation(() => LinkedApproval, { description: 'The same as `decideApproval` for whoever holds the link, signed in or not.' })
  decideApprovalByLink(@Arg('input', () => DecideApprovalByLinkInput) input: DecideApprovalByLinkInput, @Ctx() context: RequestContext): Promise<LinkedApproval> {
    return this.approvals.decideByLink(input, context);
  }

  @Authorized<Permission>('execution:start')
  @Audited('outcome.resolve', 'execution', { id: 'args.input.executionId', keep: ['args.input.stepKey', 'args.input.resolution'], execution: 'args.input.executionId' })
  @Mutation(() => Execution, { description: 'Says what becomes of a step whose call was cut off. CONFLICT where it waits for no such thing, or somebody said otherwise.' })
  resolveUnknownOutcome(@Ctx() context: RequestContext, @Arg('input', () => ResolveUnknownOutcomeInput) input: ResolveUnknownOutcomeInput): Promise<Execution> {
    return this.held.resolve(identityOf(context), input);
  }
}

@Resolver(() => StepApproval)
export class StepApprovalResolver {
  constructor(private readonly approvals: Approvals) {}

  @FieldResolver(() => Boolean, { description: 'Whether the caller may decide.' })
  mayDecide(@Root() approval: StepApproval, @Ctx() context: RequestContext): boolean {
    return this.approvals.mayDecide(identityOf(context), approval);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Whoever holds it may decide, once and without signing in; null for those who may not. Only the path where the server was not told its PUBLIC_URL.',
  })
  link(@Root() approval: StepApproval, @Ctx() context: RequestContext): Promise<string | null> {
    return this.approvals.linkFor(identityOf(context), approval);
  }
}
