import { InputProblems } from '../../../input-problems.js';
import { hashOfContent, type ModelSettings, modelSettingsSchema, type PromptContent } from '../content/content.js';
import { type ContentReader } from '../content/content-reader.js';
import { type ModelCatalogue } from '../content/model-catalogue.js';
import { bumpOf, contractChanges } from '../history/contract.js';
import { numberAfter } from '../history/numbers.js';
import { firstVersion, formatVersion } from '../history/semver.js';
import { mainBranch } from '../history/branch-name.js';
import { newLabelName } from '../labels/label-name.js';
import { pathOfName } from '../path.js';
import { type ExportedPrompt } from './format.js';
import { type ForeignPrompt, type ForeignVersion } from './imported-prompt.js';

export interface ForeignSurroundings {
  contents: ContentReader;
  models: ModelCatalogue;
  workspaceId: string;
  now: Date;
}

/**
 * Makes our format of a prompt that another product exported: one line of versions on `main`, numbered by what changed in the contract.
 * @param note is told what could not be taken over
 * @returns undefined where no version of it could be read
 */
export async function historyOfForeign(foreign: ForeignPrompt, around: ForeignSurroundings, note: (message: string) => void): Promise<ExportedPrompt | undefined> {
  const at = (version: ForeignVersion) => (version.createdAt ?? around.now).toISOString();
  const prompt: Pick<ExportedPrompt, 'versions' | 'labels' | 'labelMoves'> = { versions: [], labels: [], labelMoves: [] };
  let last: { content: PromptContent; number: typeof firstVersion } | undefined;
  for (const version of foreign.versions) {
    const content = await readVersion(foreign, version, last?.content, around, note);
    if (!content) continue;
    const unchanged = last && hashOfContent(last.content) === hashOfContent(content);
    if (last && unchanged) note(`${sentence(version.was)} has the same content as the one before and is not kept as a version of its own.`);
    const number = !last ? firstVersion : unchanged ? last.number : numberAfter(last.number, bumpOf(contractChanges(last.content, content)));
    const written = formatVersion(number);
    if (!unchanged) {
      const parents = last ? [formatVersion(last.number)] : [];
      const { kind: _kind, ...parts } = content;
      prompt.versions.push({ version: written, parents, branch: mainBranch, message: version.message.replace(/\s+/g, ' ').trim().slice(0, 500), author: version.author ?? 'Imported', createdAt: at(version), ...parts });
    }
    for (const label of version.labels) addLabel(prompt, label, { version: written, by: version.author ?? 'Imported', at: at(version) }, note);
    last = { content, number };
  }
  const [first, newest] = [prompt.versions[0], prompt.versions.at(-1)];
  if (!first || !newest) return undefined;
  return {
    ...prompt,
    path: foreign.path ?? pathOfName(foreign.name),
    name: foreign.name,
    description: foreign.description,
    kind: foreign.kind,
    folder: null,
    tags: foreign.tags.map((tag) => tag.trim().toLowerCase()).filter((tag, index, all) => tag !== '' && all.indexOf(tag) === index).sort(),
    createdAt: first.createdAt,
    updatedAt: newest.createdAt,
    archivedAt: null,
    branches: [{ name: mainBranch, head: newest.version, createdAt: first.createdAt, archivedAt: null }],
  };
}

async function readVersion(
  { kind }: ForeignPrompt,
  version: ForeignVersion,
  base: PromptContent | undefined,
  { contents, models, workspaceId }: ForeignSurroundings,
  note: (message: string) => void,
): Promise<PromptContent | undefined> {
  const problems = new InputProblems();
  const settings = settingsOf(version, models, note);
  const parts = { messages: version.messages, variables: [], settings, tools: version.tools, outputSchema: version.outputSchema ?? null };
  const content = await contents.read(workspaceId, { kind, ...(base && { base }) }, parts, problems, version.was);
  if (!problems.any) return content;
  note(`${sentence(version.was)} was left out. ${problems.messages.join(' ')}`);
  return undefined;
}

function settingsOf({ was, settings }: ForeignVersion, models: ModelCatalogue, note: (message: string) => void): ModelSettings {
  const { model } = settings;
  const names = model === undefined ? [] : [model, `openai-compatible/${model}`];
  const found = names.find((name) => models.hasModel(name));
  if (model !== undefined && !found) note(`${sentence(was)} was for the model ${model}, which is not here. It has ${models.defaultModel} instead.`);
  const known = modelSettingsSchema.safeParse({ ...settings, model: found ?? models.defaultModel });
  if (known.success) return known.data;
  note(`The settings of ${was} were left out: ${known.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' ')}`);
  return { model: found ?? models.defaultModel };
}

function addLabel(
  { labels, labelMoves }: Pick<ExportedPrompt, 'labels' | 'labelMoves'>,
  given: string,
  { version, by, at }: { version: string; by: string; at: string },
  note: (message: string) => void,
): void {
  const parsed = newLabelName.safeParse(given.toLowerCase());
  if (!parsed.success) return note(`The label "${given}" was left out. ${parsed.error.issues[0]?.message ?? ''}`);
  const label = parsed.data;
  const before = labels.find(({ name }) => name === label);
  labelMoves.push({ label, from: before?.version ?? null, to: version, by, at });
  if (before) Object.assign(before, { version, movedAt: at });
  else labels.push({ name: label, version, movedAt: at });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
