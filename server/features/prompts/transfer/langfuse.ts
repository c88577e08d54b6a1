import { z } from 'zod';
import { type ModelSettings } from '../content/content.js';
import { pathOfName } from '../path.js';
import { type ForeignDocument, type ForeignPrompt, type ForeignVersion, type ImportProblem, templateFromMustache, variableNameOf } from './imported-prompt.js';

/** One version of a prompt, as Langfuse's `GET /api/public/v2/prompts/{name}` answers and its exports hold. */
const langfusePrompt = z.object({
  name: z.string().min(1),
  version: z.int().default(1),
  prompt: z.union([
    z.string(),
    z.array(z.union([z.object({ type: z.literal('placeholder'), name: z.string() }), z.object({ role: z.string(), content: z.string() })])),
  ]),
  type: z.enum(['text', 'chat']).optional(),
  config: z.record(z.string(), z.unknown()).nullish(),
  labels: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  commitMessage: z.string().nullish(),
  createdBy: z.string().nullish(),
  createdAt: z.coerce.date().optional(),
});

type LangfusePrompt = z.infer<typeof langfusePrompt>;

const langfuseDocument = z.union([z.object({ data: z.array(langfusePrompt).min(1) }).transform(({ data }) => data), z.array(langfusePrompt).min(1), langfusePrompt.transform((one) => [one])]);

/** The label that Langfuse gives its newest version by itself. */
const automaticLabel = 'latest';
const reference = /@@@langfusePrompt:([^@]+)@@@/g;
const roles: Readonly<Record<string, 'SYSTEM' | 'USER' | 'ASSISTANT'>> = { system: 'SYSTEM', developer: 'SYSTEM', user: 'USER', assistant: 'ASSISTANT', model: 'ASSISTANT' };

/** @returns undefined for what is no Langfuse export */
export function readLangfuse(document: unknown): ForeignDocument | undefined {
  const parsed = langfuseDocument.safeParse(document);
  if (!parsed.success) return undefined;
  const problems: ImportProblem[] = [];
  const byName = new Map<string, LangfusePrompt[]>();
  for (const version of parsed.data) byName.set(version.name, [...(byName.get(version.name) ?? []), version]);
  const prompts = [...byName].map(([name, versions]) => toPrompt(name, versions.sort((a, b) => a.version - b.version), problems));
  return { prompts, problems };
}

/** A Langfuse name may hold folders: `support/Summarise ticket`. */
function pathOf(name: string): string {
  return name.split('/').filter((part) => part.trim() !== '').map(pathOfName).join('/') || pathOfName(name);
}

function toPrompt(name: string, versions: LangfusePrompt[], problems: ImportProblem[]): ForeignPrompt {
  const newest = versions.at(-1);
  return {
    name: name.split('/').at(-1)?.trim() || name,
    path: pathOf(name),
    description: '',
    kind: Array.isArray(newest?.prompt) ? 'CHAT' : 'TEXT',
    tags: newest?.tags ?? [],
    versions: versions.map((version) => toVersion(version, (message) => problems.push({ prompt: name, message: `Version ${version.version}: ${message}` }))),
  };
}

function toVersion({ version, prompt, config, labels, commitMessage, createdBy, createdAt }: LangfusePrompt, note: (message: string) => void): ForeignVersion {
  const respelt = (from: string, to: string) => note(`The variable "${from}" is now ${to}, since templates can't spell it.`);
  const template = (text: string) => withReferences(text, respelt, note);
  const messages =
    typeof prompt === 'string'
      ? [{ role: 'USER' as const, content: template(prompt) }]
      : prompt.map((message) => {
          if (!('role' in message)) return { role: 'PLACEHOLDER' as const, content: variableNameOf(message.name) ?? 'messages' };
          const role = roles[message.role.toLowerCase()];
          if (!role) note(`A message has the role "${message.role}", which became USER.`);
          return { role: role ?? ('USER' as const), content: template(message.content) };
        });
  return {
    was: `version ${version}`,
    message: commitMessage?.trim() || `Version ${version} in Langfuse`,
    author: createdBy ?? undefined,
    createdAt,
    labels: labels.filter((label) => label !== automaticLabel),
    messages,
    settings: settingsOf(config ?? {}, note),
    tools: [],
  };
}

function withReferences(text: string, respelt: (from: string, to: string) => void, note: (message: string) => void): string {
  const pieces: string[] = [];
  let end = 0;
  for (const found of text.matchAll(reference)) {
    const parts = new Map((found[1] ?? '').split('|').map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
    const name = parts.get('name');
    if (!name) continue;
    if (parts.has('version')) note(`It included version ${parts.get('version')} of "${name}"; it now includes the one labelled production.`);
    pieces.push(templateFromMustache(text.slice(end, found.index), respelt), `{% prompt "${pathOf(name)}", label: "${parts.get('label') ?? 'production'}" %}`);
    end = found.index + found[0].length;
  }
  return pieces.join('') + templateFromMustache(text.slice(end), respelt);
}

const settingNames: Readonly<Record<string, keyof ModelSettings>> = {
  model: 'model',
  temperature: 'temperature',
  top_p: 'topP',
  topP: 'topP',
  max_tokens: 'maxOutputTokens',
  max_completion_tokens: 'maxOutputTokens',
  maxTokens: 'maxOutputTokens',
  seed: 'seed',
  stop: 'stopSequences',
};

function settingsOf(config: Record<string, unknown>, note: (message: string) => void): Partial<ModelSettings> {
  const known: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config)) {
    const setting = Object.hasOwn(settingNames, key) ? settingNames[key] : undefined;
    if (setting) known[setting] = setting === 'stopSequences' && typeof value === 'string' ? [value] : value;
    else note(`The setting "${key}" of its config has no counterpart here and was left out.`);
  }
  return known;
}
