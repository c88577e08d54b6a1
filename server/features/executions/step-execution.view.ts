import { type StepExecution } from '../../../schema/executions.js';
import { type WorkflowVersion } from '../../../schema/workflows.js';
import { type StepState } from './execution.types.js';

/** The steps of an execution as the API shows them: their states with the names that the workflow version gives them. */
export function toStepExecutions(states: readonly StepState[], version: Pick<WorkflowVersion, 'steps'>): StepExecution[] {
  const definitions = new Map(version.steps.map((step) => [step.key, step]));
  return states.flatMap((state) => {
    const definition = definitions.get(state.key);
    return definition ? [toStepExecution(state, definition)] : [];
  });
}

function toStepExecution({ details, ...state }: StepState, { name, type }: Pick<StepExecution, 'name' | 'type'>): StepExecution {
  const { startedAt, finishedAt } = state;
  return {
    ...state,
    name,
    type,
    messages: details?.messages,
    provider: details?.provider,
    model: details?.model,
    simulated: details?.simulated ?? false,
    finishReason: details?.finishReason,
    promptVersionId: details?.promptVersionId,
    durationMs: startedAt && finishedAt && finishedAt.getTime() - startedAt.getTime(),
  };
}
