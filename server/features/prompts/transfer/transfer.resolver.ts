import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { ImportPromptsInput, ImportPromptsPayload } from '../../../../schema/prompt-transfer.js';
import { Prompt } from '../../../../schema/prompts.js';
import { JsonScalar } from '../../../../schema/scalars.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type PromptLoader } from '../prompt.loader.js';
import { type ExportDocument } from './format.js';
import { type ImportResult, type TransferService } from './transfer.service.js';

@Resolver(() => ImportPromptsPayload)
export class TransferResolver {
  constructor(
    private readonly service: TransferService,
    private readonly loader: PromptLoader,
  ) {}

  @Authorized<Permission>('prompt:read')
  @Query(() => JsonScalar, { description: 'The prompts with their whole history, in the format of docs/prompt-format.md.' })
  exportPrompts(
    @Arg('ids', () => [ID]) ids: string[],
    @Arg('withIncluded', () => Boolean, { defaultValue: false, description: 'Takes along the prompts that they include.' }) withIncluded: boolean,
    @Ctx() context: RequestContext,
  ): Promise<ExportDocument> {
    return this.service.export(identityOf(context).workspaceId, ids, withIncluded);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.import', 'prompts', { keep: ['args.input.folderId'] })
  @Mutation(() => ImportPromptsPayload)
  importPrompts(@Arg('input', () => ImportPromptsInput) input: ImportPromptsInput, @Ctx() context: RequestContext): Promise<ImportResult> {
    return this.service.import(identityOf(context), input);
  }

  @FieldResolver(() => [Prompt])
  imported(@Root() { importedIds }: ImportResult, @Ctx() context: RequestContext): Promise<Prompt[]> {
    return Promise.all(importedIds.map((id) => this.loader.prompt(context, id)));
  }
}
