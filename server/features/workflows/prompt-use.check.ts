import { type PromptVariable } from '../prompts/content/content.js';
import { type ValueChecker } from '../prompts/content/value-checker.js';
import { plainValueProblem } from '../prompts/content/values.js';
import { type InputDefinition, type InputType, type StepDefinition, type StepInputDefinition } from './definition.js';
import { parseReference } from './reference.js';

/** Why a step can't run a prompt that has certain variables, or does in vain what it does. */
export interface StepProblem {
  /** The same for two problems that are about the same thing, whatever they say. */
  key: string;
  message: string;
}

/** What a step's inputs look like beside the variables of the prompt that it runs. What other steps put out nobody knows beforehand. */
export class StepCheck {
  constructor(
    private readonly step: StepDefinition,
    private readonly inputs: readonly InputDefinition[],
    private readonly values: ValueChecker,
  ) {}

  async problems(variables: readonly PromptVariable[]): Promise<StepProblem[]> {
    const named = new Map(variables.map((variable) => [variable.name, variable]));
    const wrong = this.step.inputs.map(async (input) => {
      const variable = named.get(input.name);
      return variable ? this.inputProblem(input, variable) : unknownProblem(input.name);
    });
    return [...this.missingProblems(variables), ...(await Promise.all(wrong)).flatMap((problem) => problem ?? [])];
  }

  private missingProblems(variables: readonly PromptVariable[]): StepProblem[] {
    const given = new Set(this.step.inputs.map(({ name }) => name));
    return variables
      .filter((variable) => !given.has(variable.name) && !mayBeLeftOut(variable))
      .map(({ name }) => ({ key: `${name} missing`, message: `The step gives no value for "${name}", which the prompt needs. Add an input of this name to the step.` }));
  }

  private async inputProblem({ from, value }: StepInputDefinition, variable: PromptVariable): Promise<StepProblem | undefined> {
    if (from === undefined) return this.constantProblem(value ?? null, variable);
    const reference = parseReference(from);
    const input = reference.kind === 'input' && reference.path.length === 0 ? this.inputs.find(({ name }) => name === reference.name) : undefined;
    return input && mappingProblem(input, variable);
  }

  private async constantProblem(value: unknown, variable: PromptVariable): Promise<StepProblem | undefined> {
    const { name } = variable;
    if (value === null) return mayBeLeftOut(variable) ? undefined : { key: `${name} empty`, message: `The step gives null for "${name}", which the prompt needs. Give a value.` };
    const problem = await this.values.problemOf(variable, value);
    return problem ? { key: `${name} value`, message: `The constant that the step gives for "${name}" does not fit. ${problem}` } : undefined;
  }
}

function unknownProblem(name: string): StepProblem {
  return { key: `${name} unknown`, message: `The step gives a value for "${name}", which the prompt does not have. Take this input out, or name it after another variable.` };
}

function mappingProblem({ name: input, type, required, defaultValue }: InputDefinition, variable: PromptVariable): StepProblem | undefined {
  const { name } = variable;
  if (!canFit(type, variable)) {
    const message = `"${name}" is a ${variable.type} and comes from the workflow's input "${input}", a ${type}. Change the input's type, or map another value.`;
    return { key: `${name} type`, message };
  }
  if (required || (defaultValue ?? null) !== null || mayBeLeftOut(variable)) return undefined;
  const message = `The prompt needs "${name}", which comes from the workflow's input "${input}", and that may be left out. Make the input required, or give it a default.`;
  return { key: `${name} optional`, message };
}

/** A default stands in for a missing value, even of a required variable. */
function mayBeLeftOut({ required, defaultValue }: PromptVariable): boolean {
  return !required || (defaultValue ?? null) !== null;
}

/** Whether any value of the type is of the variable's type. Which values will come within it, and so its limits, is not known beforehand. */
function canFit(type: InputType, { name, type: wanted, description, required, allowedValues = [] }: PromptVariable): boolean {
  const unlimited = { name, type: wanted, description, required, ...(wanted === 'CHOICE' && { allowedValues }) };
  return valuesOf(type, allowedValues).some((value) => plainValueProblem(unlimited, value) === undefined);
}

function valuesOf(type: InputType, texts: readonly string[]): readonly unknown[] {
  switch (type) {
    case 'STRING':
    case 'TEXT':
      return ['text', ...texts];
    case 'NUMBER':
      return [1];
    case 'BOOLEAN':
      return [true];
    case 'JSON':
      return ['text', ...texts, 1, true, [], {}];
  }
}
