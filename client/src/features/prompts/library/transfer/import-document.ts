import * as z from 'zod/mini';

/** What the server takes in one request is 1 MB; the rest is for the operation around it. */
const largestPartBytes = 950_000;

export type ImportFormat = 'PROMPTPILOT' | 'LANGFUSE' | 'OPENAI';

/** A piece of a document that is imported by itself. */
export interface ImportPart {
  /** Of the prompts in it, for whoever waits. */
  names: readonly string[];
  document: unknown;
  tooLarge: boolean;
}

export interface ImportDocument {
  format: ImportFormat;
  parts: readonly ImportPart[];
}

const ownDocument = z.object({ format: z.literal('promptpilot.prompts'), prompts: z.array(z.unknown()), folders: z.optional(z.array(z.unknown())) });
const filed = z.object({ folder: z.array(z.string()) });
const folderOfDocument = z.object({ path: z.array(z.string()) });
const named = z.object({ name: z.string() });
const langfusePrompt = z.object({ name: z.string(), prompt: z.union([z.string(), z.array(z.unknown())]) });
const openAiBody = z.union([z.object({ messages: z.array(z.unknown()) }), z.object({ input: z.unknown(), model: z.string() }), z.object({ instructions: z.string() })]);
const wrapped = z.object({ data: z.array(z.unknown()) });
const langfuseEntry = z.object({ name: z.string(), versions: z.array(z.number()), prompt: z.optional(z.undefined()) });
const storedId = z.string().check(z.startsWith('pmpt_'));
const storedPrompt = z.union([
  z.object({ prompt: z.union([z.object({ id: storedId }), storedId]) }),
  z.object({ id: storedId, messages: z.optional(z.undefined()), instructions: z.optional(z.undefined()), input: z.optional(z.undefined()) }),
]);

/**
 * Reads a document and cuts it into pieces that the server takes.
 * @throws Error with a sentence for the person who chose it, where it is none of the formats that can be imported
 */
export function readImportDocument(text: string): ImportDocument {
  const document = parse(text);
  const own = ownDocument.safeParse(document);
  if (own.success) {
    if (own.data.prompts.length === 0) throw new Error('There is no prompt in it.');
    return { format: 'PROMPTPILOT', parts: own.data.prompts.map((prompt) => partOf([prompt], ownPart(document, own.data.folders, prompt))) };
  }
  const list = wrapped.safeParse(document);
  const entries = list.success ? list.data.data : Array.isArray(document) ? (document as unknown[]) : [document];
  if (entries.length === 0) throw new Error('There is no prompt in it.');
  if (entries.every((entry) => langfuseEntry.safeParse(entry).success)) {
    throw new Error('This is Langfuse’s list of prompts, which has their names and not their texts. Fetch each with GET /api/public/v2/prompts/{name}, and import what that answers, one by one or as an array.');
  }
  if (entries.some((entry) => storedPrompt.safeParse(entry).success)) {
    throw new Error('This only names a prompt that OpenAI keeps (pmpt_…). Open it in OpenAI’s dashboard, and import its text as the body of a request: { "name": …, "model": …, "instructions": … }.');
  }
  if (entries.every((entry) => langfusePrompt.safeParse(entry).success)) {
    return { format: 'LANGFUSE', parts: wholeOr(entries, document, () => byName(entries).map((versions) => partOf(versions, versions))) };
  }
  if (entries.every((entry) => openAiBody.safeParse(entry).success)) {
    return { format: 'OPENAI', parts: wholeOr(entries, document, () => entries.map((entry) => partOf([entry], entry))) };
  }
  throw new Error('This is none of the formats that can be imported: an export of PromptPilot Pro, a Langfuse export, or OpenAI prompt objects.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('This is not JSON. Choose a .json file, or paste its whole text.');
  }
}

/** Pieces only where the whole is too large: within one document, prompts can refer to each other. */
function wholeOr(entries: readonly unknown[], document: unknown, pieces: () => ImportPart[]): readonly ImportPart[] {
  const whole = partOf(entries, document);
  return whole.tooLarge ? pieces() : [whole];
}

/** A document of its own, with the folders that its prompt stands in. */
function ownPart(document: unknown, folders: readonly unknown[] = [], prompt: unknown): unknown {
  const trail = filed.safeParse(prompt).data?.folder ?? [];
  const isOnTrail = (folder: unknown) => {
    const path = folderOfDocument.safeParse(folder).data?.path;
    return !path || path.every((name, index) => name === trail[index]);
  };
  return { ...(document as object), folders: folders.filter(isOnTrail), prompts: [prompt] };
}

function byName(entries: readonly unknown[]): readonly unknown[][] {
  const groups = new Map<string, unknown[]>();
  for (const entry of entries) groups.set(nameOf(entry), [...(groups.get(nameOf(entry)) ?? []), entry]);
  return [...groups.values()];
}

function partOf(entries: readonly unknown[], document: unknown): ImportPart {
  const bytes = new TextEncoder().encode(JSON.stringify(document)).length;
  return { names: [...new Set(entries.map(nameOf))], document, tooLarge: bytes > largestPartBytes };
}

const nameOf = (entry: unknown): string => named.safeParse(entry).data?.name ?? 'Unnamed prompt';
