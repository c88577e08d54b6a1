import { type RenderedMessage } from '../../../schema/prompt-rendering.js';
import { type StepExecution } from '../../../schema/executions.js';
import { type StepWait } from '../../../schema/step-waits.js';
import { countTokens } from '../providers/token-count.js';
import { type StepDefinition } from '../workflows/definition.js';
import { approvalOf } from './decisions/decision.js';
import { type StepDetails, type StepState } from './execution.types.js';

/** The steps of an execution, which a preview's are not, as the API shows them: their states with the names that the workflow version gives them. */
export function toStepExecutions(states: readonly StepState[], steps: readonly StepDefinition[], executionId?: string): StepExecution[] {
  const definitions = new Map(steps.map((step) => [step.key, step]));
  return states.flatMap((state) => {
    const definition = definitions.get(state.key);
    return definition ? [{ ...toStepExecution(state, definition), executionId, waitingFor: waitOf(state, executionId) }] : [];
  });
}

function toStepExecution({ details, ...state }: StepState, { name, type }: StepDefinition): StepExecution {
  const { startedAt, finishedAt } = state;
  return {
    ...state,
    name,
    type,
    messages: details?.messages.map(toRenderedMessage),
    calls: (details?.calls ?? []).map(({ problems = [], ...call }) => ({ ...call, problems })),
    provider: details?.provider,
    model: details?.model,
    simulated: details?.simulated ?? false,
    finishReason: details?.finishReason,
    promptVersionId: details?.promptVersionId,
    durationMs: startedAt && finishedAt && finishedAt.getTime() - startedAt.getTime(),
  };
}

function waitOf(state: StepState, executionId: string | undefined): StepWait | undefined {
  const { key: stepKey, attempt, waitingFor, retryAt: until } = state;
  const approval = approvalOf(state);
  return waitingFor && { reason: waitingFor.reason, until, approval: approval && executionId !== undefined ? { ...approval, executionId, stepKey, attempt, until } : undefined };
}

/** Its tokens are counted when they are asked for. */
function toRenderedMessage({ messageId, role, content }: StepDetails['messages'][number]): RenderedMessage {
  return {
    messageId,
    role,
    content,
    get tokens() {
      return countTokens(content);
    },
  };
}
