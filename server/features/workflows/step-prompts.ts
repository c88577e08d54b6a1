import { type FieldProblem } from '../../errors.js';
import { InputProblems } from '../../input-problems.js';
import { type PromptContent } from '../prompts/content/content.js';
import { type ContentReader } from '../prompts/content/content-reader.js';
import { type PromptReference } from '../prompts/content/reference.js';
import { type ReferencePins, type ReferenceResolver, variablesOf } from '../prompts/content/reference-resolver.js';
import { type VersionFinder } from '../prompts/content/version-finder.js';
import { mainBranch } from '../prompts/history/branch-name.js';
import { type PromptsService, type PromptVersionRecord } from '../prompts/prompt.service.js';
import { type PromptPlace, type PromptSource } from './step-types/prompt.step-type.js';

/** What a step runs at this moment. */
export interface StepPrompt {
  /** Undefined where there are problems. */
  content: PromptContent | undefined;
  /** Undefined where the step has content of its own. */
  version: PromptVersionRecord | undefined;
  /** Where the version was found. */
  at: PromptPlace | undefined;
  /** In words, at the beginning of a sentence. */
  name: string;
  /** Their fields are relative to the step's settings. */
  problems: FieldProblem[];
}

/** The same, and what the prompts include. */
export interface ResolvedStepPrompts {
  /** In the order of the sources. */
  prompts: (StepPrompt & { referenceProblem: string | undefined })[];
  pins: ReferencePins;
}

/** Where a whole run takes its prompts from, where they have it. */
export type RunPlace = { branch: string } | { label: string };

/** Finds what PROMPT steps run: versions of prompts by the label, number or branch that a step names, or content of the step's own. */
export class StepPrompts {
  constructor(
    private readonly prompts: PromptsService,
    private readonly finder: VersionFinder,
    private readonly references: ReferenceResolver,
    private readonly contents: ContentReader,
  ) {}

  /** However many sources there are, the number of statements depends on the levels of nesting alone. @param place of a run, a branch or a label: taken before what a source says, where its prompt has it */
  async resolve(workspaceId: string, sources: readonly PromptSource[], place?: RunPlace): Promise<ResolvedStepPrompts> {
    const found = await this.find(workspaceId, sources, place);
    const there = found.filter(({ content }) => content !== undefined);
    const { pins, problems } = await this.references.tryResolve(workspaceId, there.flatMap(({ content, version }) => (content ? [{ ...content, promptId: version?.promptId }] : [])));
    const broken = new Map(problems.toReversed().map(({ content, message }) => [there[content], message]));
    return { prompts: found.map((prompt) => ({ ...prompt, referenceProblem: broken.get(prompt) })), pins };
  }

  /** The same, each with all the variables that whoever runs it gives values for. */
  async toRun(workspaceId: string, sources: readonly PromptSource[]): Promise<StepPrompt[]> {
    const { prompts, pins } = await this.resolve(workspaceId, sources);
    return prompts.map((prompt) => ({ ...prompt, content: prompt.content && { ...prompt.content, variables: variablesOf(prompt.content, pins) } }));
  }

  private async find(workspaceId: string, sources: readonly PromptSource[], place: RunPlace | undefined): Promise<StepPrompt[]> {
    const ids = [...new Set(sources.flatMap(({ promptId }) => promptId ?? []))];
    const heads = place === undefined && sources.every(({ at }) => !at) ? await this.prompts.heads(workspaceId, ids) : undefined;
    const prompts = heads ? undefined : await this.prompts.byIds(workspaceId, ids);
    const pathOf = (source: PromptSource) => prompts?.get(source.promptId ?? '')?.path;
    const wanted = sources.map((source) => placesOf(source, pathOf(source), place));
    const versions = await this.finder.find(workspaceId, wanted.flatMap((places) => places.map(({ reference }) => reference)));
    const queue = [...versions];
    return Promise.all(
      sources.map(async (source, index): Promise<StepPrompt> => {
        const places = wanted[index] ?? [];
        const candidates = queue.splice(0, places.length);
        if (source.inline) return this.read(workspaceId, source.inline);
        if (heads) return toPrompt(heads.get(source.promptId ?? ''), { branch: mainBranch });
        const first = candidates.findIndex((version) => version !== undefined);
        const missing = places.at(-1)?.reference;
        if (first >= 0 || !missing) return toPrompt(candidates[first], places[first]?.at);
        const [kind = 'branch'] = Object.keys(source.at ?? {});
        return problem({ field: source.at ? `at.${kind}` : 'promptId', message: await this.finder.whyMissing(workspaceId, missing) });
      }),
    );
  }

  private async read(workspaceId: string, inline: NonNullable<PromptSource['inline']>): Promise<StepPrompt> {
    const problems = new InputProblems();
    const content = await this.contents.read(workspaceId, { kind: 'CHAT' }, inline, problems, 'inline');
    const found = problems.all;
    return { content: found.length > 0 ? undefined : content, version: undefined, at: undefined, name: 'The prompt', problems: [...found] };
  }
}

interface WantedPlace {
  at: PromptPlace;
  reference: PromptReference;
}

/** Where a step's prompt is looked for, the first that there is being taken. */
function placesOf({ at = { branch: mainBranch } }: PromptSource, path: string | undefined, first: RunPlace | undefined): WantedPlace[] {
  if (path === undefined) return [];
  const places = first === undefined ? [at] : [first, at];
  return places.map((place) => ({ at: place, reference: referenceTo(path, place) }));
}

function referenceTo(path: string, { label, version, branch = mainBranch }: PromptPlace): PromptReference {
  if (label !== undefined) return { path, label };
  return version === undefined ? { path, branch } : { path, version };
}

function toPrompt(version: PromptVersionRecord | undefined, at: PromptPlace | undefined): StepPrompt {
  if (!version) return problem({ field: 'promptId', message: 'This workspace has no such prompt. Choose another one.' });
  return { content: version, version, at, name: `Version ${version.version} of the prompt`, problems: [] };
}

function problem(found: FieldProblem): StepPrompt {
  return { content: undefined, version: undefined, at: undefined, name: 'The prompt', problems: [found] };
}
