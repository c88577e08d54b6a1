import { type PromptContent, type PromptVariable } from '../content/content.js';
import { outputChanges } from './contract-output.js';
import { facetsInWords, valuesCompared } from './contract-values.js';
import { sameJson } from './json-difference.js';

export type VersionBump = 'PATCH' | 'MINOR' | 'MAJOR';

/** The number of a version whose author asks for a greater bump than the contract does. */
export interface RaisedVersion {
  bump: VersionBump;
  version: string;
}

/** One way in which the contract differs, in words, and what it asks of the version number. */
export interface ContractChange {
  bump: VersionBump;
  message: string;
}

const rank: Record<VersionBump, number> = { PATCH: 0, MINOR: 1, MAJOR: 2 };

/**
 * What callers of a prompt notice of a change. Callers give variables and receive the output, so variables may take more (MINOR) but not less
 * (MAJOR), and the output may have more (MINOR) but may lose or change nothing (MAJOR). Messages, settings and tools are no part of it, and
 * neither are descriptions, samples and the order of variables. A default that changes is a PATCH worth naming.
 */
export function contractChanges(before: Pick<PromptContent, 'variables' | 'outputSchema'>, after: Pick<PromptContent, 'variables' | 'outputSchema'>): ContractChange[] {
  const variables = new Map(before.variables.map((variable) => [variable.name, variable]));
  const variablesAfter = new Map(after.variables.map((variable) => [variable.name, variable]));
  return [
    ...before.variables.filter(({ name }) => !variablesAfter.has(name)).map(({ name }): ContractChange => ({ bump: 'MAJOR', message: `Variable \`${name}\` was removed.` })),
    ...after.variables.flatMap((variable) => {
      const was = variables.get(variable.name);
      return was ? variableChanges(was, variable) : [additionOf(variable)];
    }),
    ...outputChanges(before.outputSchema, after.outputSchema),
  ];
}

/** The greatest that any of the changes asks for. */
export function bumpOf(changes: readonly ContractChange[]): VersionBump {
  return changes.reduce<VersionBump>((greatest, { bump }) => greaterBump(greatest, bump), 'PATCH');
}

export function bumpsAbove(bump: VersionBump): VersionBump[] {
  return (['PATCH', 'MINOR', 'MAJOR'] as const).filter((other) => rank[other] > rank[bump]);
}

export function greaterBump(one: VersionBump, other: VersionBump): VersionBump {
  return rank[one] >= rank[other] ? one : other;
}

function additionOf(variable: PromptVariable): ContractChange {
  if (mayBeLeftOut(variable)) return { bump: 'MINOR', message: `Variable \`${variable.name}\` is new and may be left out.` };
  return { bump: 'MAJOR', message: `Variable \`${variable.name}\` is new and must be given.` };
}

function variableChanges(before: PromptVariable, after: PromptVariable): ContractChange[] {
  const changes: ContractChange[] = [];
  const add = (bump: VersionBump, what: string) => changes.push({ bump, message: `Variable \`${after.name}\` ${what}` });
  const values = valuesCompared(before, after);
  const facets = facetsInWords(before, after);
  if (values === 'MORE') add('MINOR', `takes more than before: ${facets}.`);
  else if (values === 'LESS') add('MAJOR', `takes less than before: ${facets}.`);
  else if (values === 'OTHER') add('MAJOR', `takes other values than before: ${facets}.`);
  else if (facets) add('PATCH', `takes the same as before in other words: ${facets}.`);

  const [left, leftAfter] = [mayBeLeftOut(before), mayBeLeftOut(after)];
  if (leftAfter && !left) add('MINOR', 'may be left out now.');
  else if (left && !leftAfter) add('MAJOR', 'must be given now.');
  else if (leftAfter && !sameJson(before.defaultValue, after.defaultValue)) add('PATCH', 'has another value where it is left out.');
  return changes;
}

/** A default stands in for a missing value, even of a required variable. */
function mayBeLeftOut({ required, defaultValue }: PromptVariable): boolean {
  return !required || defaultValue !== undefined;
}
