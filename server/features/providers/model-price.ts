import { type ModelUsage } from './provider.js';

/** In US dollars for a million tokens. */
export interface ModelPrice {
  input: number;
  output: number;
  /** For input that the provider had read before; at the price of other input where it is absent. */
  cachedInput?: number | undefined;
}

/** What the usage comes to, in US dollars. */
export function costOf({ input, output, cachedInput = input }: ModelPrice, { inputTokens, outputTokens, cachedInputTokens = 0 }: ModelUsage): number {
  const cached = Math.min(cachedInputTokens, inputTokens);
  return ((inputTokens - cached) * input + cached * cachedInput + outputTokens * output) / 1_000_000;
}
