import type { DraftStep } from '../draft';

export interface StepProblem {
  /** Of the editor, such as `expression`. */
  field: string;
  message: string;
  missing?: boolean;
}

/** What the editor knows of steps of one type. A new type is one such file and one with its fields, each with a line in its registry. */
export interface StepRules {
  /** The settings that a new step begins with. */
  start: DraftStep['settings'];
  /** Names of values that a new step of this type has from the start. */
  rows?: readonly string[];
  /** The person names the values that it works on; otherwise their names follow from its settings. */
  namesRows: boolean;
  /** It can send secrets of the workspace. */
  takesSecrets?: boolean;
  /** Its output may have parts that a path leads to. */
  hasParts: boolean;
  problems(step: DraftStep): StepProblem[];
  /** The editor's field for a path within the settings, as the server names it; empty for the whole. */
  fieldOf(path: string): string;
  /** Of types that other steps' branches hang on: what a step with these settings may decide. */
  outcomes?(settings: DraftStep['settings']): readonly string[];
}

/** A setting that is a text; anything else is none. */
export function textSetting(settings: DraftStep['settings'], name: string): string {
  const value = settings[name];
  return typeof value === 'string' ? value : '';
}

/** Finds the field for a path by the first beginning that fits. @param fields beginnings of paths, and the fields that stand for them */
export const fieldBy =
  (fields: readonly (readonly [beginning: string, field: string])[], otherwise: string) =>
  (path: string): string =>
    fields.find(([beginning]) => path === beginning || path.startsWith(`${beginning}.`))?.[1] ?? otherwise;
