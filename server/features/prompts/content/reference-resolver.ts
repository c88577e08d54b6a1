import { InvalidInputError } from '../../../errors.js';
import { type PromptContent, type PromptVariable } from './content.js';
import { type PromptReference, referenceKey } from './reference.js';
import { referencesOf } from './template.js';
import { type VersionFinder } from './version-finder.js';
import { type PromptVersionRecord } from './version-row.js';

export interface ReferencePin {
  reference: PromptReference;
  version: PromptVersionRecord;
}

/** What references came to at one moment, those of included prompts too, by `referenceKey`. */
export type ReferencePins = ReadonlyMap<string, ReferencePin>;

/** A content whose references are to be resolved; `promptId` of the prompt that it belongs to, which it must not come back to. */
export type Referencing = Pick<PromptContent, 'messages'> & { promptId?: string | undefined };

export interface ReferenceProblem {
  /** The place of the content in what was given. */
  content: number;
  /** What that content includes and what leads to the problem. */
  reference: PromptReference;
  message: string;
}

const deepest = 10;
const mostInclusions = 500;

/** Finds the versions that templates include, and what those include in turn. */
export class ReferenceResolver {
  constructor(private readonly finder: VersionFinder) {}

  /**
   * One statement for each level of nesting, however many contents there are.
   * @param fieldOf where the caller wrote what a problem is about; `input` when absent
   * @throws InvalidInputError for a prompt that is missing or no text prompt, for prompts that include one another without end, and for more
   * than 500 inclusions or 10 levels
   */
  async resolve(workspaceId: string, contents: readonly Referencing[], fieldOf: (problem: ReferenceProblem) => string = () => 'input'): Promise<ReferencePins> {
    const { pins, problems } = await this.tryResolve(workspaceId, contents);
    if (problems.length > 0) throw new InvalidInputError(problems.map((problem) => ({ field: fieldOf(problem), message: problem.message })));
    return pins;
  }

  /** The same, with the problems beside the pins instead of an error; at most one for each reference of a content. */
  async tryResolve(workspaceId: string, contents: readonly Referencing[]): Promise<{ pins: ReferencePins; problems: ReferenceProblem[] }> {
    const pins = await this.fetch(workspaceId, contents);
    const problems: ReferenceProblem[] = [];
    for (const [index, content] of contents.entries()) {
      const walk = new InclusionWalk(pins);
      for (const reference of referencesOf(content)) {
        const missing = walk.visit(reference, [{ promptId: content.promptId, path: undefined }]);
        if (missing === undefined) continue;
        const message = typeof missing === 'string' ? missing : await this.finder.whyMissing(workspaceId, missing);
        problems.push({ content: index, reference, message });
      }
    }
    return { pins, problems };
  }

  private async fetch(workspaceId: string, contents: readonly Referencing[]): Promise<Map<string, ReferencePin>> {
    const pins = new Map<string, ReferencePin>();
    let level: readonly Referencing[] = contents;
    for (let depth = 0; depth < deepest && level.length > 0 && pins.size <= mostInclusions; depth++) {
      const wanted = new Map(level.flatMap(referencesOf).map((reference) => [referenceKey(reference), reference]));
      const references = [...wanted.values()].filter((reference) => !pins.has(referenceKey(reference)));
      const found = await this.finder.find(workspaceId, references);
      level = references.flatMap((reference, index) => {
        const version = found[index];
        if (version) pins.set(referenceKey(reference), { reference, version });
        return version ?? [];
      });
    }
    return pins;
  }
}

interface Step {
  promptId: string | undefined;
  path: string | undefined;
}

/** Goes through everything that one content comes to include, as often as it is included. */
class InclusionWalk {
  private inclusions = 0;

  constructor(private readonly pins: ReferencePins) {}

  /** @returns what is wrong, in words, or the reference for which there is no version */
  visit(reference: PromptReference, above: readonly Step[]): string | PromptReference | undefined {
    if (above.length > deepest) return `Prompts may include one another ${deepest} levels deep; this goes deeper. Include fewer.`;
    if (++this.inclusions > mostInclusions) return `This comes to more than ${mostInclusions} inclusions. Include fewer.`;
    const pin = this.pins.get(referenceKey(reference));
    if (!pin) return reference;
    const { version } = pin;
    if (version.kind !== 'TEXT') return `The prompt ${reference.path} is a chat prompt. Only a text prompt can be included.`;
    const before = above.findIndex(({ promptId }) => promptId === version.promptId);
    if (before >= 0) return cycleOf(above.slice(before + 1), reference.path);
    const chain = [...above, { promptId: version.promptId, path: reference.path }];
    for (const inner of referencesOf(version)) {
      const problem = this.visit(inner, chain);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
}

function cycleOf(between: readonly Step[], path: string): string {
  if (between.length === 0) return `The prompt ${path} would include itself. Take the reference out.`;
  const paths = [path, ...between.map((step) => step.path ?? ''), path];
  return `These prompts would include one another without end: ${paths.join(' → ')}. Take one of the references out.`;
}

/** The variables that a content has through what it includes: those of the included prompts that it does not declare itself. */
export function includedVariables(content: Pick<PromptContent, 'messages' | 'variables'>, pins: ReferencePins): PromptVariable[] {
  const declared = new Set(content.variables.map(({ name }) => name));
  const found = new Map<string, PromptVariable>();
  const seen = new Set<string>();
  const waiting = [...referencesOf(content)];
  for (let reference = waiting.shift(); reference; reference = waiting.shift()) {
    const key = referenceKey(reference);
    const version = seen.has(key) ? undefined : pins.get(key)?.version;
    seen.add(key);
    if (!version) continue;
    for (const variable of version.variables) if (!declared.has(variable.name) && !found.has(variable.name)) found.set(variable.name, variable);
    waiting.push(...referencesOf(version));
  }
  return [...found.values()];
}

/** What a content needs to be given: what it declares, and what the versions that are included now ask for beyond that. */
export function variablesOf(content: Pick<PromptContent, 'messages' | 'variables'>, pins: ReferencePins): PromptVariable[] {
  return [...content.variables, ...includedVariables(content, pins)];
}
