import { type LanguageModel, type streamText } from 'ai';
import { type z } from 'zod';
import { type ModelCall } from '../provider.js';

/** How models are called at a provider. */
export interface Connection {
  baseUrl: string;
  apiKey: string | undefined;
  fetch?: typeof globalThis.fetch;
}

type KindOptions = Parameters<typeof streamText>[0]['providerOptions'];

/** What is particular to one kind of provider. A new kind is one file beside this one, a line in the registry and one in the schema. */
export interface ProviderKind {
  /** Where its own servers are; undefined where everybody has servers of their own. */
  readonly baseUrl: string | undefined;
  /** Names of models that are offered where nobody has named others. */
  readonly models: readonly string[];
  /** Loads its part of the SDK, which takes long. */
  load(): Promise<(connection: Connection, model: string) => LanguageModel>;
  /** What is asked for in its own way. */
  options?(call: ModelCall): KindOptions;
  /** How it is asked which models a key reaches: GET at this path after the base URL. */
  readonly listing: {
    readonly path: string;
    headers(apiKey: string): Record<string, string>;
    /** Reads the names out of the answer's JSON. */
    readonly names: z.ZodType<string[]>;
  };
}
