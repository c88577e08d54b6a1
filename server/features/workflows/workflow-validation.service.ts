import { type CheckWorkflowInputsInput, type DefinitionProblem, type ValidateWorkflowInput, type WorkflowInputProblem, type WorkflowValidation } from '../../../schema/workflow-validation.js';
import { type WorkflowDefinitionInput } from '../../../schema/workflow-definition.js';
import { type WorkflowVersionDiff } from '../../../schema/workflow-diff.js';
import { type FieldProblem, InvalidInputError } from '../../errors.js';
import { type Identity } from '../auth/identity.js';
import { type WorkflowDefinition } from './definition.js';
import { warningsOf } from './definition-warnings.js';
import { diffDefinitions } from './version-diff.js';
import { type WorkflowsService } from './workflow.service.js';

/** Looks at definitions that are not saved, and at how saved ones differ. */
export class WorkflowValidations {
  constructor(private readonly workflows: WorkflowsService) {}

  /** Finds what saving would find, and more. @throws NotFoundError for a workflow that is not there */
  async validate({ workspaceId }: Identity, { workflowId, definition, scopesOf }: ValidateWorkflowInput): Promise<WorkflowValidation> {
    if (workflowId) await this.workflows.get(workspaceId, workflowId);
    const { checked, problems, scopes } = await this.workflows.examine(workspaceId, definition, workflowId ?? undefined);
    const warnings = checked ? warningsOf(checked) : [];
    return {
      valid: checked !== undefined,
      problems: [...problems.map((problem) => toProblem(definition, problem, 'ERROR')), ...warnings.map((problem) => toProblem(definition, problem, 'WARNING'))],
      scopes: scopesOf ? scopes.filter(({ stepKey }) => scopesOf.includes(stepKey)) : scopes,
      changes: checked && workflowId ? await this.changes(workspaceId, workflowId, checked) : null,
    };
  }

  /** @throws NotFoundError */
  async compare({ workspaceId }: Identity, fromId: string, toId: string): Promise<WorkflowVersionDiff> {
    const [from, to] = await Promise.all([this.workflows.version(workspaceId, fromId), this.workflows.version(workspaceId, toId)]);
    return diffDefinitions(from.definition, to.definition);
  }

  /** What starting the workflow with these inputs would be refused for. @throws NotFoundError */
  async checkInputs({ workspaceId }: Identity, { workflowId, inputs }: CheckWorkflowInputsInput): Promise<WorkflowInputProblem[]> {
    const { definition } = await this.workflows.headVersion(workspaceId, workflowId);
    try {
      await this.workflows.inputValues(workspaceId, definition.inputs, inputs ?? {});
      return [];
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      return error.fields.map(({ field, message }) => ({ name: field.split('.')[2] ?? '', message }));
    }
  }

  private async changes(workspaceId: string, workflowId: string, checked: WorkflowDefinition): Promise<WorkflowVersionDiff> {
    const head = await this.workflows.headVersion(workspaceId, workflowId);
    return diffDefinitions(head.definition, checked);
  }
}

/** A problem as the API shows it: where in the definition, and at which step. */
export function toProblem({ steps }: WorkflowDefinitionInput, { field, message }: FieldProblem, severity: DefinitionProblem['severity']): DefinitionProblem {
  const path = field.replace(/^input\.definition\.?/, '');
  const index = /^steps\.(\d+)/.exec(path)?.[1];
  return { field: path, message, severity, stepKey: index === undefined ? null : (steps[Number(index)]?.key ?? null) };
}
