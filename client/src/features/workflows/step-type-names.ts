import type { StepType } from '../../gql/graphql';

/** What steps of each type are called, and what they are for. */
export const stepTypeNames: Record<StepType, { label: string; purpose: string }> = {
  PROMPT: { label: 'Prompt', purpose: 'Asks a model, with a prompt of the library or one written here' },
  CONDITION: { label: 'Condition', purpose: 'Says yes or no; other steps run only for one of the two' },
  DECISION: { label: 'Decision', purpose: 'Chooses one of several ways, by rules or by asking a model' },
  TRANSFORM: { label: 'Transform', purpose: 'Makes new data or text of earlier results, without a model' },
  DELAY: { label: 'Delay', purpose: 'Waits for a while, or until a time' },
  WEBHOOK: { label: 'Webhook', purpose: 'Calls another system over HTTP and takes its answer' },
  MAP: { label: 'For each', purpose: 'Runs steps for each item of a list, several at a time' },
  WORKFLOW: { label: 'Workflow', purpose: 'Runs another workflow and takes what comes out of it' },
  APPROVAL: { label: 'Approval', purpose: 'Asks a person, and waits until they approve or reject' },
};

export const isStepType = (value: string): value is StepType => value in stepTypeNames;
