import { Arg, Authorized, Ctx, ID, Query, Resolver } from 'type-graphql';
import { RenderedPrompt, RenderPromptInput } from '../../../../schema/prompt-rendering.js';
import { PromptVersion } from '../../../../schema/prompts.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type PromptSources } from './prompt-source.js';
import { type RenderingService } from './rendering.service.js';

@Resolver(() => RenderedPrompt)
export class RenderingResolver {
  constructor(
    private readonly sources: PromptSources,
    private readonly service: RenderingService,
  ) {}

  @Authorized<Permission>('prompt:read')
  @Query(() => PromptVersion, { description: 'By id; or by path at a label (default `production`), a version or a branch.' })
  promptVersion(
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('path', () => String, { nullable: true }) path: string | null,
    @Arg('label', () => String, { nullable: true }) label: string | null,
    @Arg('version', () => String, { nullable: true }) version: string | null,
    @Arg('branch', () => String, { nullable: true }) branch: string | null,
    @Ctx() context: RequestContext,
  ): Promise<PromptVersion> {
    return this.sources.version(identityOf(context).workspaceId, { id, path, label, version, branch });
  }

  @Authorized<Permission>('prompt:read')
  @Query(() => RenderedPrompt)
  renderPrompt(@Arg('input', () => RenderPromptInput) input: RenderPromptInput, @Ctx() context: RequestContext): Promise<RenderedPrompt> {
    return this.service.render(identityOf(context).workspaceId, input, context.gone);
  }
}
