import { z } from 'zod';
import { type DemoApi } from '../demo/demo-api.js';

type Role = 'SYSTEM' | 'USER' | 'ASSISTANT';

export interface NewPrompt {
  name: string;
  path?: string;
  description?: string;
  tags?: string[];
  folderId?: string;
  /** A chat's messages, or the text of a prompt that is none. */
  text: string | { role: Role; content: string }[];
}

const madeSchema = z.object({ made: z.object({ id: z.string(), head: z.object({ id: z.string() }) }) });

/** @returns the ids of the prompt and of its first version */
export async function makePrompt(api: DemoApi, { text, ...fields }: NewPrompt): Promise<{ id: string; headId: string }> {
  const input = {
    ...fields,
    kind: typeof text === 'string' ? 'TEXT' : 'CHAT',
    messages: typeof text === 'string' ? [{ role: 'USER', content: text }] : text,
    settings: { model: 'simulated/extract' },
  };
  const { made } = await api.request('mutation ($input: CreatePromptInput!) { made: createPrompt(input: $input) { id head { id } } }', { input }, madeSchema);
  return { id: made.id, headId: made.head.id };
}

/** @returns the folder's id */
export async function makeFolder(api: DemoApi, name: string, parentId?: string): Promise<string> {
  const { made } = await api.request(
    'mutation ($input: CreatePromptFolderInput!) { made: createPromptFolder(input: $input) { id } }',
    { input: { name, parentId } },
    z.object({ made: z.object({ id: z.string() }) }),
  );
  return made.id;
}

/** Puts another text on top of a branch of a text prompt. @returns the version's id */
export async function commitText(api: DemoApi, promptId: string, text: string, options: { message?: string; branch?: string } = {}): Promise<string> {
  const input = { promptId, message: 'Another text', ...options, messages: [{ role: 'USER', content: text }] };
  const { made } = await api.request(
    'mutation ($input: CommitPromptVersionInput!) { made: commitPromptVersion(input: $input) { id } }',
    { input },
    z.object({ made: z.object({ id: z.string() }) }),
  );
  return made.id;
}

export async function makeBranch(api: DemoApi, promptId: string, name: string, fromVersionId: string): Promise<void> {
  await api.request('mutation ($input: CreatePromptBranchInput!) { createPromptBranch(input: $input) { id } }', { input: { promptId, name, fromVersionId } }, z.object({}));
}

export async function setLabel(api: DemoApi, promptId: string, name: string, versionId: string): Promise<void> {
  await api.request('mutation ($input: SetPromptLabelInput!) { setPromptLabel(input: $input) { name } }', { input: { promptId, name, versionId } }, z.object({}));
}

/** Of one step, which runs the prompt as callers get it. */
export async function makePromptWorkflow(api: DemoApi, name: string, promptId: string): Promise<void> {
  const definition = { inputs: [], steps: [{ key: 'ask', name: 'Ask', type: 'PROMPT', inputs: [], settings: { promptId } }] };
  await api.request('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name, definition } }, z.object({}));
}
