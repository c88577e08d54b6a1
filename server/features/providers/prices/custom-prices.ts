import { z } from 'zod';
import { InvalidInputError } from '../../../errors.js';
import { line, optionalText, parseInput, withoutNulls } from '../../../input.js';
import { ShortCache } from '../../../short-cache.js';
import { type CustomPrice, type CustomPriceStore } from './custom-price.store.js';
import { type StatedPrice } from './model-price.js';

const mostPrices = 1_000;
/** How long another process may go on with a price that was changed. */
const maxAgeMs = 5_000;

const dollars = z.number().min(0, 'A price can’t be negative.').max(1_000_000, 'Give US dollars for a million tokens: this is too much.');
const priceSchema = z.object({
  model: line(300).regex(/^[^/\s]+\/\S+$/, 'Give the model’s id, such as openai/gpt-4.1.'),
  input: dollars,
  output: dollars,
  cachedInput: dollars.optional(),
  source: optionalText(200).default(''),
});

/** The prices that workspaces have set, which go before those that the product knows. */
export class CustomPrices {
  private readonly recent = new ShortCache(maxAgeMs, (workspaceId) => this.store.all(workspaceId));

  constructor(private readonly store: CustomPriceStore) {}

  /** By the model's id. Cheap to ask for again, as each call of a model does. */
  of(workspaceId: string): Promise<ReadonlyMap<string, StatedPrice>> {
    return this.recent.get(workspaceId);
  }

  /** @returns the model's id @throws InvalidInputError naming every field that is wrong */
  async set(workspaceId: string, input: object): Promise<string> {
    const given = parseInput(priceSchema, withoutNulls(input), 'input');
    const price: CustomPrice = { ...given, cachedInput: given.cachedInput };
    const known = await this.store.all(workspaceId);
    if (known.size >= mostPrices && !known.has(price.model)) {
      throw new InvalidInputError([{ field: 'input', message: `A workspace has ${mostPrices} prices of its own at most. Reset one first.` }]);
    }
    await this.store.set(workspaceId, price);
    this.recent.forget(workspaceId);
    return price.model;
  }

  async reset(workspaceId: string, model: string): Promise<void> {
    await this.store.remove(workspaceId, model);
    this.recent.forget(workspaceId);
  }
}
