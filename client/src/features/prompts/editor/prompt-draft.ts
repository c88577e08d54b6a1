import type {
  ModelSettingsInput, PromptContentInput, PromptKind as Kind, PromptMessageInput, PromptVariableInput, SavedDraftFragment, VersionContentFragment,
} from '../../../gql/graphql';

export type PromptVersion = NonNullable<SavedDraftFragment['baseVersion']>;
export type PromptKind = Kind;
export type MessageRole = PromptMessageInput['role'];
export type DraftVariable = Omit<PromptVariableInput, 'type' | 'required' | 'description'> & Required<Pick<PromptVariableInput, 'type' | 'required' | 'description'>>;
export type VariableType = DraftVariable['type'];

export interface DraftMessage {
  /** What the API knows the message by, over versions and wherever it is moved. */
  key: string;
  role: MessageRole;
  content: string;
}

export interface DraftTool {
  /** Of this editing session only: tools are known by their names, which change as they are typed. */
  key: string;
  name: string;
  description: string;
  /** JSON, perhaps half-written. */
  parameters: string;
}

/** What the editor holds: the next version as it would be committed, JSON as it is typed. */
export interface PromptDraft {
  messages: DraftMessage[];
  /** Those declared; what the templates name beyond them is required, and of the type that its uses need. */
  variables: DraftVariable[];
  settings: ModelSettingsInput;
  tools: DraftTool[];
  /** JSON, perhaps half-written. Null: the answer may be anything. */
  outputSchema: string | null;
}

let lastKey = 0;
const localKey = (): string => `local-${++lastKey}`;

export const newMessage = (role: MessageRole, content = ''): DraftMessage => ({ key: messageId(), role, content });

export const newTool = (): DraftTool => ({ key: localKey(), name: '', description: '', parameters: jsonText(emptyParameters) });

export const newVariable = (name: string): DraftVariable => ({ name, type: 'STRING', description: '', required: true });

const emptyParameters = { type: 'object', properties: {}, required: [] };

export const emptyDraft = (model: string): PromptDraft => ({ messages: [newMessage('USER')], variables: [], settings: { model }, tools: [], outputSchema: null });

/** Of a version: variables as the editor holds them. */
export const draftVariables = (variables: VersionContentFragment['variables']): DraftVariable[] => variables.map((variable) => withoutNothing(variable));

/** A draft of a version, or of what was kept of an earlier draft. */
export const draftOf = ({ messages, variables, settings, tools, outputSchema }: Omit<VersionContentFragment, '__typename'>): PromptDraft => ({
  messages: messages.map(({ id, role, content }) => ({ key: id, role, content })),
  variables: draftVariables(variables),
  settings: withoutNothing(settings),
  tools: tools.map(({ name, description, parameters }) => ({ key: localKey(), name, description, parameters: jsonTextOf(parameters) })),
  outputSchema: outputSchema === null || outputSchema === undefined ? null : jsonTextOf(outputSchema),
});

/** What the API is told. JSON that can't be read yet goes as the text that it is, so that a draft loses nothing. */
export const contentOf = ({ messages, variables, settings, tools, outputSchema }: PromptDraft): PromptContentInput => ({
  messages: messages.map(({ key, role, content }) => ({ id: key, role, content })),
  variables: variables.map((variable) => withoutNothing(variable)),
  settings: {
    model: settings.model,
    temperature: settings.temperature ?? null,
    topP: settings.topP ?? null,
    maxOutputTokens: settings.maxOutputTokens ?? null,
    seed: settings.seed ?? null,
    stopSequences: settings.stopSequences?.length ? settings.stopSequences : null,
  },
  tools: tools.map(({ name, description, parameters }) => ({ name, description, parameters: readJson(parameters) })),
  outputSchema: outputSchema === null || outputSchema.trim() === '' ? null : readJson(outputSchema),
});

/** Whether the API would be told the same. */
export const sameContent = (one: PromptDraft, other: PromptDraft): boolean => one === other || fingerprint(one) === fingerprint(other);

const fingerprint = (draft: PromptDraft): string => JSON.stringify(contentOf(draft), (_key, value: unknown) => (isObject(value) ? inOrder(value) : value));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

// The database may give an object's fields back in another order.
const inOrder = (value: Record<string, unknown>) => Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));

/** The one message of a text prompt; a draft that was a chat before may hold others, which are kept until it is created. */
export const textMessageOf = ({ messages }: PromptDraft): DraftMessage | undefined => messages.find(({ role }) => role === 'USER') ?? messages[0];

/** The messages that count: all of a chat, the one of a text. */
export const messagesOf = (kind: PromptKind, draft: PromptDraft): DraftMessage[] =>
  kind === 'CHAT' ? draft.messages : draft.messages.filter((message) => message === textMessageOf(draft)).map((message) => (message.role === 'USER' ? message : { ...message, role: 'USER' as const }));

/** The items with the one at `from` moved to `to`; unchanged where `to` lies outside. */
export function moved<Item>(items: Item[], from: number, to: number): Item[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

export const roleNames: Record<MessageRole, string> = { SYSTEM: 'System', USER: 'User', ASSISTANT: 'Assistant', PLACEHOLDER: 'Placeholder' };

export const jsonText = (value: unknown): string => JSON.stringify(value, null, 2);

const jsonTextOf = (value: unknown): string => (typeof value === 'string' ? value : jsonText(value));

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type WithoutNothing<Value> = { [Field in keyof Value as Field extends '__typename' ? never : Field]: null extends Value[Field] ? Exclude<Value[Field], null> | undefined : Value[Field] };

/** Without `__typename` and what is null: absent and null mean the same. */
function withoutNothing<Value extends object>(value: Value): WithoutNothing<Value>;
function withoutNothing(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([field, each]) => field !== '__typename' && each !== null && each !== undefined));
}

// Not randomUUID: there is none on a page that came over plain HTTP.
function messageId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36).padStart(2, '0')).join('');
}
