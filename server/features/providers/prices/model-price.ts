import { type ModelUsage } from '../provider.js';

/** In US dollars for a million tokens. What a model thinks with is output. */
export interface TokenPrices {
  input: number;
  output: number;
  /** For input that the provider had read before; at the price of other input where it is absent. */
  cachedInput?: number | undefined;
}

export interface ModelPrice extends TokenPrices {
  /** Instead, for all tokens of a call whose input is longer than `above` tokens. */
  long?: (TokenPrices & { above: number }) | undefined;
}

/** A price, and who says so. */
export interface StatedPrice extends ModelPrice {
  /** In words. */
  source: string;
  sourceUrl?: string | undefined;
  /** The day on which it was so. */
  asOf?: Date | undefined;
  /** The workspace has set it. */
  custom?: boolean;
}

/** What a call with that much input is charged at. */
export function pricesFor({ long, ...usual }: ModelPrice, inputTokens: number): TokenPrices {
  const { input, output, cachedInput } = long && inputTokens > long.above ? long : usual;
  return { input, output, cachedInput };
}

/** What the usage comes to, in US dollars. */
export function costOf(price: ModelPrice, { inputTokens, outputTokens, cachedInputTokens = 0 }: ModelUsage): number {
  const { input, output, cachedInput = input } = pricesFor(price, inputTokens);
  const cached = Math.min(cachedInputTokens, inputTokens);
  return ((inputTokens - cached) * input + cached * cachedInput + outputTokens * output) / 1_000_000;
}
