import { anthropic } from './anthropic.kind.js';
import { google } from './google.kind.js';
import { openAi } from './openai.kind.js';
import { openAiCompatible } from './openai-compatible.kind.js';
import { type ProviderKind } from './provider-kind.js';

export type ProviderKindName = 'OPENAI' | 'ANTHROPIC' | 'GOOGLE' | 'OPENAI_COMPATIBLE';

export const providerKinds: Readonly<Record<ProviderKindName, ProviderKind>> = {
  OPENAI: openAi,
  ANTHROPIC: anthropic,
  GOOGLE: google,
  OPENAI_COMPATIBLE: openAiCompatible,
};
