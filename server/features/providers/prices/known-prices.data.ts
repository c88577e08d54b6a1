import { type ModelPrice } from './model-price.js';

export type Vendor = 'OPENAI' | 'ANTHROPIC' | 'GOOGLE';

export interface VendorPrices {
  /** The first part of its models' ids, where a workspace has not named its provider otherwise. */
  usualSlug: string;
  /** Where its own servers are. */
  host: string;
  source: string;
  sourceUrl: string;
  /** The day on which the source was last known to say so. */
  asOf: string;
  models: Readonly<Record<string, ModelPrice>>;
}

const price = (input: number, cachedInput: number, output: number): ModelPrice => ({ input, cachedInput, output });

/** Twice the input and one and a half times the output, for calls with more than 272,000 tokens in. */
const dearerWhenLong = (input: number, cachedInput: number, output: number): ModelPrice => ({
  ...price(input, cachedInput, output),
  long: { above: 272_000, input: 2 * input, cachedInput: 2 * cachedInput, output: 1.5 * output },
});

/** What the vendors' own price lists say of text at their standard tier. A workspace sets what it pays instead. */
export const knownPrices: Readonly<Record<Vendor, VendorPrices>> = {
  OPENAI: {
    usualSlug: 'openai',
    host: 'api.openai.com',
    source: 'OpenAI’s price list',
    sourceUrl: 'https://developers.openai.com/api/docs/pricing',
    asOf: '2026-11-19',
    models: {
      'gpt-6.2-astra': dearerWhenLong(8, 0.4, 40),
      'gpt-6.2-sol': dearerWhenLong(2, 0.1, 10),
      'gpt-6.1-sol': dearerWhenLong(2, 0.1, 10),
      'gpt-6-astra': dearerWhenLong(10, 1, 50),
      'gpt-6-sol': dearerWhenLong(2, 0.2, 10),
      'gpt-6-luna': dearerWhenLong(0.1, 0.01, 0.5),
      'gpt-5.6-terra': dearerWhenLong(2, 0.2, 12),
      'gpt-5.6-luna': dearerWhenLong(0.2, 0.02, 1.2),
      'gpt-5.5': dearerWhenLong(5, 0.5, 30),
      'gpt-5.4': dearerWhenLong(2.5, 0.25, 15),
      'gpt-5.4-mini': price(0.75, 0.075, 4.5),
      'gpt-5.4-nano': price(0.2, 0.02, 1.25),
      'gpt-5': price(1.25, 0.125, 10),
      'gpt-5-mini': price(0.25, 0.025, 2),
      'gpt-5-nano': price(0.05, 0.005, 0.4),
      'gpt-4.1': price(2, 0.5, 8),
      'gpt-4.1-mini': price(0.4, 0.1, 1.6),
      'gpt-4.1-nano': price(0.1, 0.025, 0.4),
      'gpt-4o': price(2.5, 1.25, 10),
      'gpt-4o-mini': price(0.15, 0.075, 0.6),
      o3: price(2, 0.5, 8),
      'o4-mini': price(1.1, 0.275, 4.4),
    },
  },
  ANTHROPIC: {
    usualSlug: 'anthropic',
    host: 'api.anthropic.com',
    source: 'Anthropic’s price list',
    sourceUrl: 'https://platform.claude.com/docs/en/about-claude/pricing',
    asOf: '2026-10-24',
    models: {
      'claude-fable-5-1': price(10, 0.25, 50),
      'claude-fable-5': price(10, 1, 50),
      'claude-opus-5-5': price(4, 0.2, 20),
      'claude-opus-5': price(5, 0.5, 25),
      'claude-opus-4-8': price(5, 0.5, 25),
      'claude-opus-4-7': price(5, 0.5, 25),
      'claude-opus-4-6': price(5, 0.5, 25),
      'claude-opus-4-5': price(5, 0.5, 25),
      'claude-sonnet-5-5': price(2, 0.1, 10),
      'claude-sonnet-5': price(2, 0.2, 10),
      'claude-sonnet-4-6': price(3, 0.3, 15),
      'claude-sonnet-4-5': price(3, 0.3, 15),
      'claude-haiku-5-5': { ...price(0.1, 0.01, 0.5), long: { above: 100_000, ...price(0.5, 0.05, 2.5) } },
      'claude-haiku-4-5': price(1, 0.1, 5),
    },
  },
  GOOGLE: {
    usualSlug: 'google',
    host: 'generativelanguage.googleapis.com',
    source: 'Google’s price list',
    sourceUrl: 'https://ai.google.dev/gemini-api/docs/pricing',
    asOf: '2026-11-19',
    models: {
      'gemini-4-neon': price(3, 0.15, 15),
      'gemini-4-hydrogen': price(1.5, 0.075, 7.5),
      'gemini-3.8-flash': price(0.75, 0.075, 3.75),
      'gemini-3.5-flash': price(1.5, 0.15, 9),
      'gemini-3.5-flash-lite': price(0.3, 0.03, 2.5),
      'gemini-3.1-pro-preview': { ...price(2, 0.2, 12), long: { above: 200_000, ...price(4, 0.4, 18) } },
      'gemini-3.1-flash-lite': price(0.25, 0.025, 1.5),
      'gemini-2.5-pro': { ...price(1.25, 0.125, 10), long: { above: 200_000, ...price(2.5, 0.25, 15) } },
      'gemini-2.5-flash': price(0.3, 0.03, 2.5),
      'gemini-2.5-flash-lite': price(0.1, 0.01, 0.4),
    },
  },
};
