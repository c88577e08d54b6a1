import { z } from 'zod';
import { type FieldProblem } from '../../../errors.js';
import { line, optionalText } from '../../../input.js';
import { modelSettingsSchema } from '../../prompts/content/content.js';
import { type ModelCatalogue } from '../../prompts/content/model-catalogue.js';
import { expressionSchema } from './expression.settings.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepType } from './step-type.js';

const outcomeName = line(50);

const outcomeSchema = z.strictObject(
  {
    name: outcomeName,
    /** Tells a model when to choose it. */
    description: optionalText(500).optional(),
    /** JSONata over an object of the step's inputs; its truth chooses the outcome. */
    expression: expressionSchema.optional(),
  },
  'Give an object such as { "name": "refund", "expression": "amount < 20" }.',
);

export const decisionSettingsSchema = settingsObject(
  {
    mode: z.enum(['EXPRESSION', 'MODEL'], 'Choose EXPRESSION or MODEL.'),
    outcomes: z.array(outcomeSchema, 'Give a list of outcomes.').min(2, 'Give at least 2 outcomes.').max(20, 'Give at most 20 outcomes.'),
    /** The outcome where no expression is true; a model is told to choose it where none of the others fits. */
    otherwise: outcomeName.optional(),
    /** What a model is asked, beside the step's inputs. */
    question: optionalText(5_000).optional(),
    model: modelSettingsSchema.optional(),
  },
  'Give an object such as { "mode": "EXPRESSION", "outcomes": [{ "name": "small", "expression": "amount < 20" }, { "name": "large", "expression": "true" }] }.',
);

export type DecisionSettings = z.infer<typeof decisionSettingsSchema>;

/** What a step with these settings may decide, in order. */
export function outcomesOf({ outcomes, otherwise }: Pick<DecisionSettings, 'outcomes' | 'otherwise'>): string[] {
  return [...new Set([...outcomes.map(({ name }) => name), ...(otherwise === undefined ? [] : [otherwise])])];
}

export class DecisionStepType implements StepType {
  constructor(private readonly models: ModelCatalogue) {}

  outputType(): string {
    return 'string';
  }

  outcomes(settings: unknown): readonly string[] {
    const parsed = decisionSettingsSchema.safeParse(settings);
    return parsed.success ? outcomesOf(parsed.data) : [];
  }

  async check({ settings: given }: StepDraft): Promise<CheckedStep> {
    const parsed = decisionSettingsSchema.safeParse(given);
    if (!parsed.success) return { problems: settingsProblems(parsed.error), settings: given };
    const settings = parsed.data;
    const problems = [...nameProblems(settings), ...(settings.mode === 'EXPRESSION' ? expressionProblems(settings) : this.modelProblems(settings))];
    return { problems, settings };
  }

  private modelProblems({ model }: DecisionSettings): FieldProblem[] {
    if (!model) return [{ field: 'settings.model', message: 'Choose a model.' }];
    if (this.models.hasModel(model.model)) return [];
    return [{ field: 'settings.model.model', message: `There is no model named ${model.model}. Choose one that \`models\` lists.` }];
  }
}

function nameProblems({ outcomes }: DecisionSettings): FieldProblem[] {
  const names = outcomes.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [{ field: `settings.outcomes.${index}.name`, message: `Outcome ${names.indexOf(name) + 1} has this name already. Choose another one.` }] : [],
  );
}

function expressionProblems({ outcomes, otherwise }: DecisionSettings): FieldProblem[] {
  return outcomes.flatMap(({ name, expression }, index) =>
    expression === undefined && name !== otherwise ? [{ field: `settings.outcomes.${index}.expression`, message: 'Write the JSONata expression that chooses this outcome.' }] : [],
  );
}
