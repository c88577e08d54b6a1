import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { ExecutionEvent } from '../../../../schema/executions.js';
import { PreviewWorkflowInput, WorkflowPreview } from '../../../../schema/workflow-previews.js';
import { Audited, NotAudited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type WorkflowPreviews } from './preview.service.js';
import { toAttempted, toPreview } from './preview.view.js';

interface FollowRequest {
  args: { previewId: string; after: number };
  context: RequestContext;
}

@Resolver(() => WorkflowPreview)
export class WorkflowPreviewResolver {
  constructor(private readonly previews: WorkflowPreviews) {}

  @Authorized<Permission>('execution:start')
  @Query(() => WorkflowPreview, { description: 'A preview of your own that is not forgotten yet.' })
  workflowPreview(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): WorkflowPreview {
    return toPreview(this.previews.find(identityOf(context), id));
  }

  @Authorized<Permission>('execution:start')
  @Audited('workflow.preview', 'workflow', { id: 'args.input.workflowId', behind: true })
  @Mutation(() => WorkflowPreview, { description: 'Tries a definition that need not be saved, or a part of it, and answers at once; follow it with `workflowPreviewEvents`.' })
  async previewWorkflow(@Ctx() context: RequestContext, @Arg('input', () => PreviewWorkflowInput) input: PreviewWorkflowInput): Promise<WorkflowPreview> {
    return toAttempted(await this.previews.start(identityOf(context), input));
  }

  @Authorized<Permission>('execution:start')
  @NotAudited('Nothing outlives a preview.')
  @Mutation(() => WorkflowPreview, { description: 'Ends what runs of it; its events say when it is done.' })
  cancelWorkflowPreview(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): WorkflowPreview {
    return toPreview(this.previews.cancel(identityOf(context), id));
  }

  @Authorized<Permission>('execution:start')
  @Subscription(() => ExecutionEvent, {
    description: 'The events of a preview, as `executionEvents` gives those of a run. Soon after its last follower has left, a preview is ended.',
    subscribe: ({ args, context }: FollowRequest) => context.instanceOf(WorkflowPreviewResolver).follow(context, args),
  })
  workflowPreviewEvents(
    @Root() event: ExecutionEvent,
    @Arg('previewId', () => ID) _previewId: string,
    @Arg('after', () => Int, { defaultValue: 0 }) _after: number,
  ): ExecutionEvent {
    return event;
  }

  async follow(context: RequestContext, { previewId, after }: FollowRequest['args']): Promise<AsyncIterable<ExecutionEvent>> {
    return this.previews.follow(identityOf(context), previewId, after);
  }
}
