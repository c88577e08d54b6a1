import { describe, expect, it, test } from '@jest/globals';
import { costOf } from './model-price.js';
import { knownPrice, pricedModels, vendorAt, vendors } from './price-table.js';

describe('A known price', () => {
  it.each(['gpt-4.1', 'gpt-4.1-2025-04-14', 'gpt-4.1-latest'])('is that of the model for %s', (name) => {
    expect(knownPrice('OPENAI', name)).toMatchObject({ input: 2, cachedInput: 0.5, output: 8 });
  });

  it.each([
    ['ANTHROPIC', 'claude-haiku-4-5-20251001', 1],
    ['GOOGLE', 'gemini-2.5-flash-001', 0.3],
  ] as const)('is found at %s without the release of %s', (vendor, name, input) => {
    expect(knownPrice(vendor, name)?.input).toBe(input);
  });

  it.each([
    ['OPENAI', 'gpt-4.1-turbo'],
    ['OPENAI', 'gpt-4.1-mini-preview'],
    ['OPENAI', 'org/gpt-4.1'],
    ['OPENAI', 'ft:gpt-4.1:acme'],
    ['OPENAI', 'claude-opus-5'],
    ['OPENAI', 'constructor'],
    ['GOOGLE', 'gemini-2.5-flash-9'],
    ['ANTHROPIC', 'claude-opus'],
  ] as const)('of %s is not guessed for %s', (vendor, name) => {
    expect(knownPrice(vendor, name)).toBeUndefined();
  });

  it.each(vendors.flatMap((vendor) => pricedModels(vendor).map((name) => [vendor, name] as const)))('of %s for %s has its source and makes sense', (vendor, name) => {
    const price = knownPrice(vendor, name);
    expect(price).toMatchObject({ source: expect.stringContaining('price list'), sourceUrl: expect.stringMatching(/^https:/), asOf: expect.any(Date) });
    for (const tier of [price, price?.long]) if (tier) expect([tier.cachedInput, tier.input, tier.output].sort((a = 0, b = 0) => a - b)).toEqual([tier.cachedInput, tier.input, tier.output]);
  });
});

test.each([
  ['https://api.openai.com/v1', 'OPENAI'],
  ['https://generativelanguage.googleapis.com/v1beta/openai', 'GOOGLE'],
  ['https://openrouter.ai/api/v1', undefined],
  ['https://api.openai.com.example.org/v1', undefined],
  ['http://localhost:11434/v1', undefined],
])('What is served at %s is of %s', (url, vendor) => {
  expect(vendorAt(url)).toBe(vendor);
});

describe('What a call comes to', () => {
  const price = { input: 2, cachedInput: 0.5, output: 8, long: { above: 100_000, input: 4, cachedInput: 1, output: 12 } };

  it('charges cached input as such, and what the model thought with as output', () => {
    expect(costOf(price, { inputTokens: 10_000, cachedInputTokens: 4_000, outputTokens: 1_000, reasoningTokens: 900 })).toBeCloseTo(0.012 + 0.002 + 0.008, 12);
  });

  it('charges the whole of a long call at the prices of long ones', () => {
    expect(costOf(price, { inputTokens: 100_000, outputTokens: 0 })).toBeCloseTo(0.2, 12);
    expect(costOf(price, { inputTokens: 100_001, cachedInputTokens: 1, outputTokens: 1_000_000 })).toBeCloseTo(0.4 + 0.000001 + 12, 9);
  });

  it('takes no more for cached than there was input', () => {
    expect(costOf(price, { inputTokens: 10, cachedInputTokens: 20, outputTokens: 0 })).toBeCloseTo(0.000005, 12);
  });
});
