import { type StepErrorPolicyInput, type StepInputInput, type WorkflowDefinitionInput, type WorkflowStepInput } from '../../../schema/workflow-definition.js';
import { InputProblems, jsonProblem } from '../../input-problems.js';
import { defaultRetry, draftStepSchema, mostInputs, mostSteps, type StepInputDefinition, type WorkflowDefinition, workflowDefinitionSchema } from './definition.js';
import { type Dependency, findCycles } from './graph.js';
import { valueProblem } from './input-values.js';
import { parseReference, type Reference, ReferenceSyntaxError } from './reference.js';
import { noSuchSecret } from './secret-use.js';
import { type StepTypes } from './step-types/registry.js';
import { type NestedSteps, type StepSurroundings } from './step-types/step-type.js';

const root = 'input.definition';
/** MAP steps within one another. */
const deepestMap = 3;
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
  private secretNames: ReadonlySet<string> = new Set();

  constructor(
    private readonly input: WorkflowDefinitionInput,
    private readonly types: StepTypes,
    private readonly surroundings: Omit<StepSurroundings, 'steps'>,
    private readonly problems: InputProblems,
    /** How many MAP steps the definition stands within. */
    private readonly depth = 0,
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

    if (steps.some(({ type }) => this.types[type].takesSecrets)) this.secretNames = await this.surroundings.secretNames();
    this.checkUnique(inputs.map(({ name }) => name), `${root}.inputs`, 'name');
    this.checkUnique(steps.map(({ key }) => key), `${root}.steps`, 'key');
    this.checkExamples();
    for (const [index, step] of steps.entries()) this.checkDependencies(step, `${root}.steps.${index}`);
    this.checkCycles();
    this.checkConcurrency();
    const settings = await Promise.all(steps.map((step, index) => this.checkType(step, `${root}.steps.${index}`)));
    if (shaped && JSON.stringify(shaped).length > longestDefinition) this.problems.add(root, `Keep this to ${longestDefinition} characters of JSON.`);
    if (!shaped || this.problems.any) return undefined;
    return {
      ...shaped,
      steps: shaped.steps.map((step, index) => ({ ...step, settings: settings[index], dependsOn: this.dependenciesOf(step.key) })),
    };
  }

  private draft(): unknown {
    const { inputs, maxParallel, deadlineMs, concurrency, budgetUsd, steps } = this.input;
    return {
      inputs: inputs.map((input) => ({ ...input, defaultValue: input.defaultValue ?? undefined, schema: input.schema ?? undefined, sample: input.sample ?? undefined })),
      maxParallel,
      deadlineMs: deadlineMs ?? undefined,
      concurrency: concurrency ? { maxRuns: concurrency.maxRuns ?? undefined, key: concurrency.key ?? undefined, maxRunsPerKey: concurrency.maxRunsPerKey ?? undefined } : undefined,
      budgetUsd: budgetUsd ?? undefined,
      steps: steps.map(toStep),
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

  private checkExamples(): void {
    for (const [index, { type, defaultValue, sample }] of this.input.inputs.entries()) {
      for (const [field, value] of Object.entries({ defaultValue, sample })) {
        const problem = value === undefined || value === null ? undefined : valueProblem(type, value);
        if (problem) this.problems.add(`${root}.inputs.${index}.${field}`, problem);
      }
    }
  }

  private checkConcurrency(): void {
    const { key, maxRunsPerKey } = this.input.concurrency ?? {};
    const field = `${root}.concurrency`;
    if (!key !== !maxRunsPerKey) this.problems.add(key ? `${field}.maxRunsPerKey` : `${field}.key`, 'Say both what tells runs apart and how many of each kind may run.');
    if (!key) return;
    this.withReference(key, `${field}.key`, (reference) => {
      if (reference.kind === 'input') this.checkTarget('', reference, `${field}.key`);
      else this.problems.add(`${field}.key`, 'Choose an input of the workflow: before it runs nothing else is known.');
    });
  }

  private checkDependencies(step: WorkflowStepInput, path: string): void {
    for (const [index, on] of step.dependsOn.entries()) this.dependOn(step.key, on, `${path}.dependsOn.${index}`);
    for (const [index, { step: on, outcome }] of (step.branches ?? []).entries()) this.checkBranch(step.key, on, outcome, `${path}.branches.${index}`);
    if (step.onError) this.checkErrorPolicy(step.key, step.onError, `${path}.onError`);
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
    this.withReference(from, field, (reference) => this.checkTarget(step, reference, field));
  }

  private withReference(from: string, field: string, check: (reference: Reference) => void): void {
    try {
      check(parseReference(from));
    } catch (error) {
      if (!(error instanceof ReferenceSyntaxError)) throw error;
      this.problems.add(field, error.message);
    }
  }

  private checkTarget(step: string, reference: Reference, field: string): void {
    switch (reference.kind) {
      case 'step':
      case 'error':
        this.dependOn(step, reference.key, field);
        break;
      case 'input':
        if (this.inputNames.has(reference.name)) break;
        this.problems.add(field, `The workflow has no input "${reference.name}". ${choice('It has', this.inputNames)}`);
        break;
      case 'secret':
        this.checkSecret(step, reference.name, field);
        break;
      case 'item':
      case 'index':
        if (this.depth === 0) this.problems.add(field, `Only the steps of a MAP have an ${reference.kind}.`);
    }
  }

  private checkSecret(step: string, name: string, field: string): void {
    const type = this.input.steps.find(({ key }) => key === step)?.type;
    if (!type || !this.types[type].takesSecrets) this.problems.add(field, 'Steps of this type are given no secrets.');
    else if (!this.secretNames.has(name)) this.problems.add(field, noSuchSecret(name, this.secretNames));
  }

  private checkBranch(step: string, on: string, outcome: string, path: string): void {
    this.dependOn(step, on, `${path}.step`);
    const deciding = this.input.steps.find(({ key }) => key === on);
    if (!deciding) return;
    const outcomes = this.types[deciding.type].outcomes?.(deciding.settings);
    if (!outcomes) this.problems.add(`${path}.step`, `Step "${on}" decides nothing. Choose a CONDITION, a DECISION or an APPROVAL.`);
    else if (!outcomes.includes(outcome)) this.problems.add(`${path}.outcome`, `Step "${on}" never gives this outcome. ${choice('It gives', new Set(outcomes))}`);
  }

  private checkErrorPolicy(step: string, { action, value, handler }: StepErrorPolicyInput, path: string): void {
    if (action === 'HANDLE') {
      if (handler) this.dependOn(handler, step, `${path}.handler`);
      else this.problems.add(`${path}.handler`, 'Choose the step that runs when this one has failed.');
      if (handler && !this.stepKeys.has(handler)) this.problems.add(`${path}.handler`, `There is no step "${handler}". ${choice('There are', this.stepKeys)}`);
    }
    const problem = action === 'CONTINUE' && value !== undefined && value !== null ? jsonProblem(value, longestConstant) : undefined;
    if (problem) this.problems.add(`${path}.value`, problem);
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
    const { problems, settings } = await this.types[step.type].check(draft, { ...this.surroundings, steps: (drafts, inputNames) => this.checkNested(drafts, inputNames) });
    for (const { field, message } of problems) this.problems.add(`${path}.${field}`, message);
    return settings;
  }

  private async checkNested(drafts: readonly unknown[], inputNames: readonly string[]): Promise<NestedSteps> {
    if (this.depth >= deepestMap) return { problems: [{ field: 'steps', message: `Put at most ${deepestMap} MAP steps within one another.` }], steps: [] };
    const problems = new InputProblems();
    const steps = drafts.flatMap((draft, index) => problems.read(draftStepSchema, draft, `${root}.steps.${index}`) ?? []);
    const inputs = inputNames.map((name) => ({ name, type: 'JSON' as const, required: false, description: '' }));
    const checked = problems.any ? undefined : await new DefinitionCheck({ inputs, maxParallel: 1, steps }, this.types, this.surroundings, problems, this.depth + 1).run();
    return { problems: problems.all.map(({ field, message }) => ({ field: field.slice(root.length + 1), message })), steps: checked?.steps ?? [] };
  }
}

function toStep({ join, branches, onError, onUnknownOutcome, ...step }: WorkflowStepInput) {
  return {
    ...step,
    inputs: step.inputs.map(toStepInput),
    retry: step.retry ?? defaultRetry,
    join: join ?? undefined,
    branches: branches ?? undefined,
    onError: onError ? { action: onError.action, value: onError.value ?? undefined, handler: onError.handler ?? undefined } : undefined,
    onUnknownOutcome: onUnknownOutcome ?? undefined,
  };
}

function toStepInput({ name, from, value }: StepInputInput): StepInputDefinition {
  return typeof from === 'string' ? { name, from } : { name, value };
}

function choice(start: string, names: ReadonlySet<string>): string {
  return names.size > 0 ? `${start} ${[...names].slice(0, 10).join(', ')}${names.size > 10 ? ', …' : ''}.` : '';
}
