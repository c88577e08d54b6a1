import { Arg, Authorized, Ctx, ID, Query, Resolver } from 'type-graphql';
import { WorkflowVersionDiff } from '../../../schema/workflow-diff.js';
import { CheckWorkflowInputsInput, ValidateWorkflowInput, WorkflowInputProblem, WorkflowValidation } from '../../../schema/workflow-validation.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type Permission } from '../auth/permissions.js';
import { type WorkflowValidations } from './workflow-validation.service.js';

@Resolver(() => WorkflowValidation)
export class WorkflowValidationResolver {
  constructor(private readonly service: WorkflowValidations) {}

  @Authorized<Permission>('workflow:read')
  @Query(() => WorkflowValidation, { description: 'What saving the definition would find wrong with it, what is hardly meant, and what its steps can be given.' })
  validateWorkflow(@Ctx() context: RequestContext, @Arg('input', () => ValidateWorkflowInput) input: ValidateWorkflowInput): Promise<WorkflowValidation> {
    return this.service.validate(identityOf(context), input);
  }

  @Authorized<Permission>('workflow:read')
  @Query(() => WorkflowVersionDiff)
  compareWorkflowVersions(
    @Ctx() context: RequestContext,
    @Arg('fromId', () => ID) fromId: string,
    @Arg('toId', () => ID) toId: string,
  ): Promise<WorkflowVersionDiff> {
    return this.service.compare(identityOf(context), fromId, toId);
  }

  @Authorized<Permission>('workflow:read')
  @Query(() => [WorkflowInputProblem], { description: 'What `executeWorkflow` would find wrong with these inputs of the newest version. Starts nothing.' })
  checkWorkflowInputs(@Ctx() context: RequestContext, @Arg('input', () => CheckWorkflowInputsInput) input: CheckWorkflowInputsInput): Promise<WorkflowInputProblem[]> {
    return this.service.checkInputs(identityOf(context), input);
  }
}
