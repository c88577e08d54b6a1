import type { DraftStep } from '../draft';

/** What trying a step does outside: `model` calls cost, a `call` reaches another server; `inner` steps may do both. */
export type StepEffect = 'model' | 'call' | 'inner';

export function effectOf({ type, settings }: Pick<DraftStep, 'type' | 'settings'>): StepEffect | undefined {
  if (type === 'PROMPT') return 'model';
  if (type === 'DECISION') return settings['mode'] === 'MODEL' ? 'model' : undefined;
  if (type === 'WEBHOOK') return 'call';
  return type === 'MAP' || type === 'WORKFLOW' ? 'inner' : undefined;
}

export const effectWords: Record<StepEffect, { label: string; target: string }> = {
  model: { label: 'Calls a model', target: 'a model' },
  call: { label: 'Really calls', target: 'other servers, as in a run' },
  inner: { label: 'May call models', target: 'models' },
};
