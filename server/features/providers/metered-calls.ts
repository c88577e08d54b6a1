import { costOf, pricesFor, type TokenPrices } from './prices/model-price.js';
import { type ModelCall, type ModelChunk, ModelCallError, type ModelInfo } from './provider.js';
import { type ProvidersService } from './providers.service.js';
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

/** Calls models for those who have to pay for it, within their budgets. */
export class MeteredCalls {
  constructor(
    private readonly providers: ProvidersService,
    private readonly spending: Spending,
  ) {}

  /** Undefined where no provider takes it. */
  find(workspaceId: string, modelId: string): Promise<ModelInfo | undefined> {
    return this.providers.find(workspaceId, modelId);
  }

  /**
   * A call that ends in an unknown way, or that nobody reads to its end, stays set aside in full: nobody knows what it cost.
   * @throws ModelCallError, perhaps after some chunks, and before any where a budget does not allow the call; the signal's reason when it is aborted
   */
  async *stream(spender: Spender, modelId: string, call: Omit<ModelCall, 'model'>): AsyncGenerator<MeteredChunk, void, undefined> {
    const { workspaceId } = spender;
    const model = await this.providers.find(workspaceId, modelId);
    const price = model?.price;
    // A call of a model that is not there is refused where it is made.
    const reservation = model && (await this.spending.reserve(spender, modelId, price, call));
    let answering = false;
    try {
      for await (const chunk of this.providers.stream(workspaceId, modelId, call)) {
        answering = true;
        if (chunk.type !== 'finish') {
          yield chunk;
          continue;
        }
        const cost = price && { usd: costOf(price, chunk.usage), prices: pricesFor(price, chunk.usage.inputTokens) };
        await reservation?.settle(cost?.usd);
        yield { ...chunk, cost };
      }
    } catch (error) {
      if (!answering && isFree(error)) await reservation?.settle(0);
      throw error;
    }
  }
}

/** No provider charges for a request that it turned down, or that never reached it. */
function isFree(error: unknown): boolean {
  return error instanceof ModelCallError && ['RATE_LIMITED', 'REFUSED', 'UNAVAILABLE'].includes(error.code);
}
