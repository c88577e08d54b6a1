import { type StepInputInput, type WorkflowDefinitionInput, type WorkflowStepInput } from '../../../schema/workflows.js';
import { type InputProblems, jsonProblem } from '../../input-problems.js';
import { defaultRetry, mostInputs, mostSteps, type StepInputDefinition, type WorkflowDefinition, workflowDefinitionSchema } from './definition.js';
import { type Dependency, findCycles } from './graph.js';
import { valueProblem } from './input-values.js';
import { parseReference, ReferenceSyntaxError } from './reference.js';
import { type StepTypes } from './step-types/registry.js';
import { type StepSurroundings } from './step-types/step-type.js';

const root = 'input.definition';
const longestConstant = 100_000;
const longestDefinition = 1_000_000;

interface DependencyField extends Dependency {
  field: string;
}

/** One check of one definition that a person wrote. Everything that is wrong is added to the problems, under `input.definition`. */
export class DefinitionCheck {
  private readonly dependencies: DependencyField[] = [];
  private readonly inputNames: ReadonlySet<string>;
  private readonly stepKeys: ReadonlySet<string>;

  constructor(
    private readonly input: WorkflowDefinitionInput,
    private readonly types: StepTypes,
    private readonly surroundings: StepSurroundings,
    private readonly problems: InputProblems,
  ) {
    this.inputNames = new Set(input.inputs.map(({ name }) => name));
    this.stepKeys = new Set(input.steps.map(({ key }) => key));
  }

  /** @returns the definition as it is to be stored: with defaults, and each step's dependencies complete. Undefined where there are problems */
  async run(): Promise<WorkflowDefinition | undefined> {
    const { inputs, steps } = this.input;
    const shaped = this.problems.read(workflowDefinitionSchema, this.draft(), root);
    // What follows takes time by their number.
    if (steps.length > mostSteps || inputs.length > mostInputs) return undefined;

    this.checkUnique(inputs.map(({ name }) => name), `${root}.inputs`, 'name');
    this.checkUnique(steps.map(({ key }) => key), `${root}.steps`, 'key');
    this.checkDefaults();
    for (const [index, step] of steps.entries()) this.checkDependencies(step, `${root}.steps.${index}`);
    this.checkCycles();
    const settings = await Promise.all(steps.map((step, index) => this.checkType(step, `${root}.steps.${index}`)));
    if (shaped && JSON.stringify(shaped).length > longestDefinition) this.problems.add(root, `Keep this to ${longestDefinition} characters of JSON.`);
    if (!shaped || this.problems.any) return undefined;
    return {
      ...shaped,
      steps: shaped.steps.map((step, index) => ({ ...step, settings: settings[index], dependsOn: this.dependenciesOf(step.key) })),
    };
  }

  private draft(): unknown {
    const { inputs, maxParallel, steps } = this.input;
    return {
      inputs: inputs.map((input) => ({ ...input, defaultValue: input.defaultValue ?? undefined })),
      maxParallel,
      steps: steps.map((step) => ({ ...step, inputs: step.inputs.map(toStepInput), retry: step.retry ?? defaultRetry })),
    };
  }

  private dependenciesOf(step: string): string[] {
    const keys = new Set(this.dependencies.filter((dependency) => dependency.step === step).map(({ on }) => on));
    return this.input.steps.map(({ key }) => key).filter((key) => keys.has(key));
  }

  private checkUnique(names: readonly string[], list: string, property: string): void {
    for (const [index, name] of names.entries()) {
      const first = names.indexOf(name);
      if (first < index) this.problems.add(`${list}.${index}.${property}`, `"${name}" is the name of number ${first + 1} already. Choose another one.`);
    }
  }

  private checkDefaults(): void {
    for (const [index, { type, defaultValue }] of this.input.inputs.entries()) {
      const problem = defaultValue === undefined || defaultValue === null ? undefined : valueProblem(type, defaultValue);
      if (problem) this.problems.add(`${root}.inputs.${index}.defaultValue`, problem);
    }
  }

  private checkDependencies(step: WorkflowStepInput, path: string): void {
    for (const [index, on] of step.dependsOn.entries()) this.dependOn(step.key, on, `${path}.dependsOn.${index}`);
    if (step.inputs.length > mostInputs) return;
    this.checkUnique(step.inputs.map(({ name }) => name), `${path}.inputs`, 'name');
    for (const [index, input] of step.inputs.entries()) this.checkStepInput(step.key, input, `${path}.inputs.${index}`);
  }

  private checkStepInput(step: string, { from, value }: StepInputInput, path: string): void {
    if (typeof from === 'string') {
      if (value !== undefined && value !== null) this.problems.add(path, 'Give `from` or `value`, not both.');
      this.checkReference(step, from, `${path}.from`);
    } else if (value === undefined) {
      this.problems.add(path, 'Give `from`, what the value is taken from, or a constant `value`.');
    } else {
      const problem = jsonProblem(value, longestConstant);
      if (problem) this.problems.add(`${path}.value`, problem);
    }
  }

  private checkReference(step: string, from: string, field: string): void {
    try {
      const reference = parseReference(from);
      if (reference.kind === 'step') this.dependOn(step, reference.key, field);
      else if (!this.inputNames.has(reference.name)) {
        this.problems.add(field, `The workflow has no input "${reference.name}". ${choice('It has', this.inputNames)}`);
      }
    } catch (error) {
      if (!(error instanceof ReferenceSyntaxError)) throw error;
      this.problems.add(field, error.message);
    }
  }

  private dependOn(step: string, on: string, field: string): void {
    if (this.stepKeys.has(on)) this.dependencies.push({ step, on, field });
    else this.problems.add(field, `There is no step "${on}". ${choice('There are', new Set([...this.stepKeys].filter((key) => key !== step)))}`);
  }

  private checkCycles(): void {
    for (const { dependency, cycle } of findCycles([...this.stepKeys], this.dependencies)) {
      const message =
        dependency.step === dependency.on
          ? 'A step can not wait for itself.'
          : `These steps wait for one another without end: ${cycle.join(' → ')}. Take one of the dependencies out.`;
      this.problems.add(dependency.field, message);
    }
  }

  /** @returns the settings to be stored */
  private async checkType(step: WorkflowStepInput, path: string): Promise<unknown> {
    const draft = { settings: step.settings, inputNames: step.inputs.slice(0, mostInputs).map(({ name }) => name) };
    const { problems, settings } = await this.types[step.type].check(draft, this.surroundings);
    for (const { field, message } of problems) this.problems.add(`${path}.${field}`, message);
    return settings;
  }
}

function toStepInput({ name, from, value }: StepInputInput): StepInputDefinition {
  return typeof from === 'string' ? { name, from } : { name, value };
}

function choice(start: string, names: ReadonlySet<string>): string {
  return names.size > 0 ? `${start} ${[...names].slice(0, 10).join(', ')}${names.size > 10 ? ', …' : ''}.` : '';
}
