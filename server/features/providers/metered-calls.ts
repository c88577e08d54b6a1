import { expectedTokens, type PlannedCall } from './planned-call.js';
import { costOf, pricesFor, type TokenPrices } from './prices/model-price.js';
import { type ModelCall, type ModelChunk, ModelCallError, type ModelInfo, type ModelUsage } from './provider.js';
import { type ProvidersService } from './providers.service.js';
import { type RateKey, type RateLimits } from './rates/rate-limits.js';
import { type Spender, type Spending } from './spending/spending.service.js';

type Finish = Extract<ModelChunk, { type: 'finish' }>;

export type MeteredFinish = Finish & { cost: MeteredCost | undefined };

/** As providers give them, and with the end what the call came to. */
type MeteredChunk = Exclude<ModelChunk, Finish> | MeteredFinish;

interface MeteredCost {
  usd: number;
  /** What it was computed with. */
  prices: TokenPrices;
}

/** A call that is to be made. */
interface CallOf {
  /** Undefined where no provider takes it, which the call itself will say. */
  model: ModelInfo | undefined;
  call: PlannedCall;
}

/** Calls models for those who have to pay for it, within their budgets and within what providers allow in a minute. */
export class MeteredCalls {
  constructor(
    private readonly providers: ProvidersService,
    private readonly spending: Spending,
    private readonly rates: RateLimits,
  ) {}

  /** Undefined where no provider takes it. */
  find(workspaceId: string, modelId: string): Promise<ModelInfo | undefined> {
    return this.providers.find(workspaceId, modelId);
  }

  /**
   * Asks whether all of these calls may be made at once, as far as their providers are concerned. They count then, and are to be made.
   * @param who the same each time it asks, and by which the calls are made
   * @returns undefined where they may; else when to ask again, for which their place is kept
   */
  turn(who: string, calls: readonly CallOf[]): Date | undefined {
    const demands = new Map<string, { rate: RateKey; requests: number; tokens: number }>();
    for (const { model, call } of calls) {
      const rate = model?.rate;
      if (!rate) continue;
      const { requests, tokens } = demands.get(rate.key) ?? { requests: 0, tokens: 0 };
      demands.set(rate.key, { rate, requests: requests + 1, tokens: tokens + sumOf(expectedTokens(call)) });
    }
    const asked = [...demands.values()].map(({ rate, ...demand }) => ({ rate, until: this.rates.turn(rate, who, demand) }));
    const times = asked.flatMap(({ until }) => until?.getTime() ?? []);
    if (times.length === 0) return undefined;
    for (const { rate, until } of asked) if (!until) this.rates.giveBack(rate, who);
    return new Date(Math.max(...times));
  }

  /**
   * A call that ends in an unknown way, or that nobody reads to its end, stays set aside in full: nobody knows what it cost.
   * @param who has had its turn for this call
   * @throws ModelCallError, perhaps after some chunks, and before any where a budget does not allow the call; the signal's reason when it is aborted
   */
  async *stream(spender: Spender, who: string, modelId: string, call: Omit<ModelCall, 'model'>): AsyncGenerator<MeteredChunk, void, undefined> {
    const { workspaceId } = spender;
    const model = await this.find(workspaceId, modelId);
    const price = model?.price;
    // A call of a model that is not there is refused where it is made.
    const reservation = model && (await this.spending.reserve(spender, modelId, price, call));
    let answering = false;
    try {
      for await (const chunk of this.providers.stream(workspaceId, modelId, { ...call, secretUse: spender.secretUse })) {
        answering = true;
        if (chunk.type !== 'finish') {
          yield chunk;
          continue;
        }
        const cost = price && { usd: costOf(price, chunk.usage), prices: pricesFor(price, chunk.usage.inputTokens) };
        if (model?.rate) this.rates.correct(model.rate, who, sumOf(chunk.usage) - sumOf(expectedTokens(call)));
        await reservation?.settle(cost?.usd);
        yield { ...chunk, cost };
      }
    } catch (error) {
      if (model?.rate && error instanceof ModelCallError && error.code === 'RATE_LIMITED') this.rates.pause(model.rate, error.retryAfterMs);
      if (!answering && isFree(error)) await reservation?.settle(0);
      throw error;
    }
  }
}

function sumOf({ inputTokens, outputTokens }: Pick<ModelUsage, 'inputTokens' | 'outputTokens'>): number {
  return inputTokens + outputTokens;
}

/** No provider charges for a request that it turned down, or that never reached it. */
function isFree(error: unknown): boolean {
  return error instanceof ModelCallError && ['RATE_LIMITED', 'REFUSED', 'UNAVAILABLE'].includes(error.code);
}
