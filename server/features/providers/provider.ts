import { type SecretUse } from '../audit/secret-access.js';
import { type Vendor } from './prices/known-prices.data.js';
import { type StatedPrice } from './prices/model-price.js';
import { type RateKey } from './rates/rate-limits.js';

/** A message as it is sent to a model, its template rendered. */
export interface ModelMessage {
  role: 'SYSTEM' | 'USER' | 'ASSISTANT';
  content: string;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Something that the model may ask to be called. Nobody calls it here: what the model asks for is reported. */
export interface ModelTool {
  name: string;
  description: string;
  /** Of the object that it is called with. */
  parameters: JsonSchema;
}

export interface ModelParameters {
  temperature?: number | undefined;
  topP?: number | undefined;
  maxOutputTokens?: number | undefined;
  seed?: number | undefined;
  /** The answer ends before the first of them that it comes to. */
  stopSequences?: readonly string[] | undefined;
}

export interface ModelCall extends ModelParameters {
  /** The model's name at its provider. */
  model: string;
  messages: readonly ModelMessage[];
  tools?: readonly ModelTool[] | undefined;
  /** The model is asked for JSON that fits it. Whether it does is for the caller to check. */
  outputSchema?: JsonSchema | undefined;
  /** Aborting ends the call and the connection that carries it. */
  signal: AbortSignal;
  /** What the audit log tells of the key that the call is made with. */
  secretUse?: SecretUse | undefined;
}

export interface ModelUsage {
  inputTokens: number;
  outputTokens: number;
  /** Those of the input tokens that the provider had read before, where it says so. */
  cachedInputTokens?: number | undefined;
  /** Those of the output tokens that the model thought with, where the provider says so. */
  reasoningTokens?: number | undefined;
}

export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'other';

/** Text and tool calls as they arrive, then one `finish`. A tool call comes whole; its arguments are what the model wrote, which may be no JSON. */
export type ModelChunk =
  | { type: 'text'; text: string }
  | { type: 'tool-call'; id: string; name: string; arguments: string }
  | { type: 'finish'; finishReason: FinishReason; usage: ModelUsage };

export interface ModelInfo {
  /** `provider/name`, as model settings refer to it. */
  id: string;
  provider: string;
  name: string;
  simulated: boolean;
  /** Undefined where nobody has said what the model costs. */
  price: StatedPrice | undefined;
  rate: RateKey | undefined;
}

/** Where models are called. */
export interface Provider {
  readonly id: string;
  readonly simulated: boolean;
  /** Whose models it calls at their own servers. */
  readonly vendor?: Vendor | undefined;
  /** Names of those that are offered. */
  models(): readonly string[];
  /** It is asked for models by any other name, too. */
  readonly takesOthers: boolean;
  /** Undefined where it is not known. */
  priceOf(model: string): StatedPrice | undefined;
  /** Whose calls count together, and what is allowed of them. Undefined where nobody counts. */
  readonly rate?: RateKey | undefined;
  /** @throws ModelCallError, perhaps after some chunks */
  stream(call: ModelCall): AsyncIterable<ModelChunk>;
}

/**
 * RATE_LIMITED: 429. UNAVAILABLE: 5xx, or no connection. CUT_OFF: the answer broke off, so its outcome is unknown. REFUSED: the request itself is at
 * fault (4xx), so trying again is in vain. BAD_RESPONSE: the answer is not in the format. BUDGET_EXCEEDED: not called, since it may cost more than is
 * left. PRICE_UNKNOWN: not called, since a budget applies and nobody knows what it costs.
 */
export type ModelCallErrorCode = 'RATE_LIMITED' | 'UNAVAILABLE' | 'CUT_OFF' | 'REFUSED' | 'BAD_RESPONSE' | 'BUDGET_EXCEEDED' | 'PRICE_UNKNOWN';

const inVain: readonly ModelCallErrorCode[] = ['REFUSED', 'BUDGET_EXCEEDED', 'PRICE_UNKNOWN'];

export class ModelCallError extends Error {
  override readonly name = 'ModelCallError';
  constructor(
    readonly code: ModelCallErrorCode,
    message: string,
    /** How long the provider asked to wait. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }

  get retryable(): boolean {
    return !inVain.includes(this.code);
  }
}
