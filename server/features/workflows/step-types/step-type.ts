import { type FieldProblem } from '../../../errors.js';
import { type InputDefinition, type StepDefinition } from '../definition.js';
import { type StepPrompt } from '../step-prompts.js';
import { type PromptSource } from './prompt.step-type.js';

/** A step as it is about to be saved, as far as it concerns its type. */
export interface StepDraft {
  settings: unknown;
  /** The names under which it is given values. */
  inputNames: readonly string[];
}

/** A workflow that a step calls; or why it can't be called. */
export type CalledWorkflow = { inputs: readonly InputDefinition[]; problem?: undefined } | { problem: string };

export interface NestedSteps {
  /** Their fields begin with `steps`. */
  problems: FieldProblem[];
  /** To be stored, where there are no problems. */
  steps: StepDefinition[];
}

/** What a step type may look up while a definition is checked; what all steps ask for is read at once. */
export interface StepSurroundings {
  /** What a PROMPT step runs, with the variables of what that includes too. */
  prompt(source: PromptSource): Promise<StepPrompt>;
  workflow(id: string): Promise<CalledWorkflow>;
  /** @returns what keeps values from being held against a JSON Schema */
  schemaProblem(schema: Readonly<Record<string, unknown>>): Promise<string | undefined>;
  /** Names of the secrets that the workspace has. */
  secretNames(): Promise<ReadonlySet<string>>;
  /** Checks steps that stand within the step. @param inputNames what `inputs` means there */
  steps(drafts: readonly unknown[], inputNames: readonly string[]): Promise<NestedSteps>;
}

export interface CheckedStep {
  /** Their fields are relative to the step, such as `settings.expression`. */
  problems: FieldProblem[];
  /** To be stored. */
  settings: unknown;
}

/** What a step of one type must look like. A new type is one file, one line in the registry, and its runner in executions. */
export interface StepType {
  /** Finds what is wrong with the settings, and with the inputs as far as the type knows them. */
  check(step: StepDraft, surroundings: StepSurroundings): Promise<CheckedStep>;
  /** Its steps send secrets: their inputs may be taken from `secrets.NAME`. */
  readonly takesSecrets?: true;
  /** Of types that other steps' branches hang on: what a step with these settings may decide. */
  outcomes?(settings: unknown): readonly string[];
  /** The type of JSON Schema that its output has with these settings; undefined where that is not known. */
  outputType?(settings: unknown): string | undefined;
}
