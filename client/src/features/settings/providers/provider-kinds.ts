import type { ProviderKind } from '../../../gql/graphql';

interface KindOfProvider {
  label: string;
  /** What is at the end of it, under the label. */
  about: string;
  /** Where people find their key. */
  keyHint: string;
  /** Where its servers are, unless another address is given. */
  baseUrl?: string;
}

export const providerKinds: Readonly<Record<ProviderKind, KindOfProvider>> = {
  OPENAI: { label: 'OpenAI', about: 'GPT models', keyHint: 'From platform.openai.com, under API keys.', baseUrl: 'https://api.openai.com/v1' },
  ANTHROPIC: { label: 'Anthropic', about: 'Claude models', keyHint: 'From console.anthropic.com, under API keys.', baseUrl: 'https://api.anthropic.com/v1' },
  GOOGLE: { label: 'Google', about: 'Gemini models', keyHint: 'From aistudio.google.com, under API keys.', baseUrl: 'https://generativelanguage.googleapis.com/v1beta' },
  OPENAI_COMPATIBLE: { label: 'Other server', about: 'Ollama, vLLM, gateways, …', keyHint: 'A server that needs no key takes any text.' },
};

export const kindNames: readonly ProviderKind[] = ['OPENAI', 'ANTHROPIC', 'GOOGLE', 'OPENAI_COMPATIBLE'];

/** What the ids of models begin with when nobody says: as the server makes it from the name. */
export const slugOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40).replace(/^-+|-+$/g, '');
