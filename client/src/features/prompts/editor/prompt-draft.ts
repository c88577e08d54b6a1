import type { ModelSettingsInput, PromptMessageInput, PromptToEditQuery } from '../../../gql/graphql';

export type PromptVersion = PromptToEditQuery['prompt']['head'];
export type PromptKind = PromptToEditQuery['prompt']['kind'];
export type MessageRole = PromptMessageInput['role'];

export interface DraftMessage {
  /** Stays with the message when it is moved. */
  key: string;
  role: MessageRole;
  content: string;
}

/** What the editor holds: the next version as it would be committed. */
export interface PromptDraft {
  messages: DraftMessage[];
  settings: ModelSettingsInput;
}

let lastKey = 0;

export const newMessage = (role: MessageRole, content = ''): DraftMessage => ({ key: `message-${++lastKey}`, role, content });

export const emptyDraft = (model: string): PromptDraft => ({ messages: [newMessage('USER')], settings: { model } });

export const draftOf = ({ messages, settings }: Pick<PromptVersion, 'messages' | 'settings'>): PromptDraft => ({
  messages: messages.map(({ role, content }) => newMessage(role, content)),
  settings: {
    model: settings.model,
    temperature: settings.temperature,
    topP: settings.topP,
    maxOutputTokens: settings.maxOutputTokens,
  },
});

/** What the API is told; also what makes two drafts equal. */
export const contentOf = ({ messages, settings }: PromptDraft): { messages: PromptMessageInput[]; settings: ModelSettingsInput } => ({
  messages: messages.map(({ role, content }) => ({ role, content })),
  settings: {
    model: settings.model,
    temperature: settings.temperature ?? null,
    topP: settings.topP ?? null,
    maxOutputTokens: settings.maxOutputTokens ?? null,
  },
});

export const sameContent = (one: PromptDraft, other: PromptDraft): boolean =>
  JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));

/** The messages with the one at `from` moved to `to`; unchanged where `to` lies outside. */
export function moved(messages: DraftMessage[], from: number, to: number): DraftMessage[] {
  const message = messages[from];
  if (!message || to < 0 || to >= messages.length) return messages;
  return messages.toSpliced(from, 1).toSpliced(to, 0, message);
}

export const roleNames: Record<MessageRole, string> = { SYSTEM: 'System', USER: 'User', ASSISTANT: 'Assistant', PLACEHOLDER: 'Placeholder' };
