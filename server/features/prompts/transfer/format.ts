import { z } from 'zod';
import { promptContentSchema } from '../content/content.js';

export const formatName = 'promptpilot.prompts';
export const formatVersion = 1;

const number = z.string().regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}$/, 'Give a version such as 1.2.0.');
const time = z.iso.datetime();
const content = promptContentSchema.shape;

/** Oldest first: what a version was made from stands before it. */
const exportedVersion = z.strictObject({
  version: number,
  /** Numbers of versions. None: the first. Two: a merge, what was merged into first. */
  parents: z.array(number).max(2),
  branch: z.string(),
  message: z.string(),
  author: z.string(),
  createdAt: time,
  messages: content.messages,
  variables: content.variables,
  settings: content.settings,
  tools: content.tools,
  outputSchema: content.outputSchema,
});

const exportedBranch = z.strictObject({ name: z.string(), head: number, createdAt: time, archivedAt: time.nullable() });

/** `from` is null where the label was made, `to` where it was removed. */
const exportedMove = z.strictObject({ label: z.string(), from: number.nullable(), to: number.nullable(), by: z.string(), at: time });

const exportedPrompt = z.strictObject({
  path: z.string(),
  name: z.string(),
  description: z.string(),
  kind: content.kind,
  /** From the top to the folder that it is in; null: in none. */
  folder: z.array(z.string()).min(1).nullable(),
  tags: z.array(z.string()),
  createdAt: time,
  updatedAt: time,
  archivedAt: time.nullable(),
  versions: z.array(exportedVersion).min(1),
  /** In the order in which they were made. */
  branches: z.array(exportedBranch).min(1),
  /** Where labels are, by name. */
  labels: z.array(z.strictObject({ name: z.string(), version: number, movedAt: time })),
  /** Oldest first. */
  labelMoves: z.array(exportedMove),
});

/** Documented in docs/prompt-format.md. */
export const exportDocument = z.strictObject({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  /** Colours of the folders that prompts are in, by their paths from the top. */
  folders: z.array(z.strictObject({ path: z.array(z.string()).min(1), colour: z.string() })),
  prompts: z.array(exportedPrompt),
});

export type ExportDocument = z.infer<typeof exportDocument>;
export type ExportedPrompt = z.infer<typeof exportedPrompt>;
export type ExportedVersion = z.infer<typeof exportedVersion>;
