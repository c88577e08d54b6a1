import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { WorkflowVersion } from '../../../schema/workflows.js';
import { type RequestContext } from '../../graphql/context.js';
import { mainBranch } from '../prompts/history/branch-name.js';
import { type BranchLoader } from '../prompts/history/branch.loader.js';
import { allSteps } from './nested-steps.js';
import { promptSettingsSchema } from './step-types/prompt.step-type.js';
import { type WorkflowVersionRecord } from './workflow.service.js';

@Resolver(() => WorkflowVersion)
export class VersionBranchesResolver {
  constructor(private readonly branches: BranchLoader) {}

  @FieldResolver(() => [String], { description: 'What a run can be given as its branch: each is one, beside `main`, of a prompt that a step runs.' })
  async promptBranches(@Root() { definition }: WorkflowVersionRecord, @Ctx() context: RequestContext): Promise<string[]> {
    const prompts = allSteps(definition.steps).flatMap(({ step }) => (step.type === 'PROMPT' ? (promptSettingsSchema.parse(step.settings).promptId ?? []) : []));
    const found = await Promise.all([...new Set(prompts)].map((promptId) => this.branches.ofPrompt(context, promptId, false)));
    return [...new Set(found.flat().map(({ name }) => name))].filter((name) => name !== mainBranch).sort();
  }
}
