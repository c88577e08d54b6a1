import type { ValueVariable } from './use-sources';

export type Values = Readonly<Record<string, unknown>>;

/** The variables of several sources, each once, as the first that has it says. */
export function unitedVariables(sources: readonly (readonly ValueVariable[])[]): ValueVariable[] {
  const byName = new Map<string, ValueVariable>();
  for (const variable of sources.flat()) if (!byName.has(variable.name)) byName.set(variable.name, variable);
  return [...byName.values()];
}

/** What a field shows: what was given, else the default, else the sample. */
export const shownValue = ({ name, defaultValue, sample }: ValueVariable, given: Values): unknown => (Object.hasOwn(given, name) ? given[name] : (defaultValue ?? sample ?? undefined));

/** What a source is run with: only what it knows, and only what has a value. */
export function valuesFor(variables: readonly ValueVariable[], given: Values): Record<string, unknown> {
  return Object.fromEntries(
    variables.flatMap((variable) => {
      const value = shownValue(variable, given);
      return value === undefined || value === null ? [] : [[variable.name, value]];
    }),
  );
}

/** Values as a run or the browser kept them. */
export const keptValues = (kept: unknown): Values => (typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? { ...kept } : {});

/** Whether anything was given that can be taken back, and whether there are samples, or defaults, to go back to. */
export function givenValues(variables: readonly ValueVariable[], given: Values): 'instead of samples' | 'where nothing was' | null {
  const changed = variables.filter(({ name }) => Object.hasOwn(given, name));
  if (changed.some((variable) => shownValue(variable, {}) !== undefined)) return 'instead of samples';
  return changed.some(({ name }) => given[name] !== null) ? 'where nothing was' : null;
}

const storageKey = (promptId: string) => `playground-values:${promptId}`;

/** What was typed in this tab, so that going to the editor and back loses nothing. */
export function loadValues(promptId: string): Values {
  try {
    return keptValues(JSON.parse(sessionStorage.getItem(storageKey(promptId)) ?? '{}'));
  } catch {
    return {};
  }
}

export function keepValues(promptId: string, values: Values): void {
  try {
    sessionStorage.setItem(storageKey(promptId), JSON.stringify(values));
  } catch {
    // A browser without storage, or a value too large for it: it lasts as long as the page.
  }
}
