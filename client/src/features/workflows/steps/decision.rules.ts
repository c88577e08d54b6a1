import * as z from 'zod/mini';
import { updateStep, type Draft, type DraftStep } from '../draft';
import type { StepProblem, StepRules } from './step-rules';

const outcomeSchema = z.looseObject({
  name: z.catch(z.string(), ''),
  description: z.catch(z.optional(z.string()), undefined),
  expression: z.catch(z.optional(z.string()), undefined),
});

const decisionSettingsSchema = z.object({
  mode: z.catch(z.enum(['EXPRESSION', 'MODEL']), 'EXPRESSION'),
  outcomes: z.catch(z.array(outcomeSchema), []),
  otherwise: z.catch(z.optional(z.string()), undefined),
  question: z.catch(z.string(), ''),
});

export type DecisionOutcome = z.infer<typeof outcomeSchema>;

export const decisionSettings = (settings: DraftStep['settings']) => decisionSettingsSchema.parse(settings);

export const decisionRules: StepRules = {
  start: { mode: 'EXPRESSION', outcomes: [{ name: '' }, { name: '' }] },
  namesRows: true,
  hasParts: false,
  problems: ({ settings }) => problemsOf(settings),
  fieldOf: (path) => (path.startsWith('model') ? 'model' : path === '' ? 'outcomes' : path),
  outcomes: (settings) => {
    const { outcomes, otherwise } = decisionSettings(settings);
    return [...new Set([...outcomes.map(({ name }) => name), otherwise ?? ''])].filter(Boolean);
  },
};

function problemsOf(settings: DraftStep['settings']): StepProblem[] {
  const { mode, outcomes, otherwise } = decisionSettings(settings);
  const problems = outcomes.flatMap(({ name, expression }, index): StepProblem[] => {
    const at = `outcomes.${index}`;
    const nameProblem: StepProblem[] =
      name.trim() === ''
        ? [{ field: `${at}.name`, message: 'Name what is decided here.', missing: true }]
        : outcomes.findIndex((other) => other.name.trim() === name.trim()) < index
          ? [{ field: `${at}.name`, message: 'An outcome above has this name already.' }]
          : [];
    const needsExpression = mode === 'EXPRESSION' && name !== otherwise && (expression ?? '').trim() === '';
    return needsExpression ? [...nameProblem, { field: `${at}.expression`, message: 'Write when it is this one.', missing: true }] : nameProblem;
  });
  const model: StepProblem[] = mode === 'MODEL' && !settings['model'] ? [{ field: 'model', message: 'Choose the model that decides.', missing: true }] : [];
  return [...problems, ...model];
}

/** Changes one outcome; steps that run only for it follow its name. */
export function changeOutcome(draft: Draft, stepId: string, index: number, changes: Partial<DecisionOutcome>): Draft {
  const step = draft.steps.find(({ id }) => id === stepId);
  if (!step) return draft;
  const { outcomes, otherwise } = decisionSettings(step.settings);
  const before = outcomes[index]?.name;
  const { name = before } = changes;
  const settings = {
    ...step.settings,
    outcomes: outcomes.map((outcome, at) => (at === index ? { ...outcome, ...changes } : outcome)),
    ...(otherwise !== undefined && otherwise === before && { otherwise: name }),
  };
  const changed = updateStep(draft, stepId, (each) => ({ ...each, settings }));
  if (before === undefined || name === undefined || before === name) return changed;
  const renamed = (branch: DraftStep['branches'][number]) => (branch.stepId === stepId && branch.outcome === before ? { ...branch, outcome: name } : branch);
  return { ...changed, steps: changed.steps.map((each) => ({ ...each, branches: each.branches.map(renamed) })) };
}
