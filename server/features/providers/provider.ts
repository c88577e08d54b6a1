/** A message as it is sent to a model, its template rendered. */
export interface ModelMessage {
  role: 'SYSTEM' | 'USER' | 'ASSISTANT';
  content: string;
}

export interface ModelParameters {
  temperature?: number | undefined;
  topP?: number | undefined;
  maxOutputTokens?: number | undefined;
}

export interface ModelCall extends ModelParameters {
  /** The model's name at its provider. */
  model: string;
  messages: readonly ModelMessage[];
  /** Aborting ends the call and the connection that carries it. */
  signal: AbortSignal;
}

export interface ModelUsage {
  inputTokens: number;
  outputTokens: number;
}

/** Text as it arrives, then one `finish`. */
export type ModelChunk =
  | { type: 'text'; text: string }
  | { type: 'finish'; finishReason: 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'other'; usage: ModelUsage };

export interface ModelInfo {
  /** `provider/name`, as model settings refer to it. */
  id: string;
  provider: string;
  name: string;
  simulated: boolean;
}

/** Where models are called. A new one is one file and one line in `providers.service.ts`. */
export interface Provider {
  readonly id: string;
  readonly simulated: boolean;
  models(): readonly string[];
  /** @throws ModelCallError, perhaps after some chunks */
  stream(call: ModelCall): AsyncIterable<ModelChunk>;
}

/**
 * RATE_LIMITED: 429. UNAVAILABLE: 5xx, or no connection. CUT_OFF: the answer broke off, so its outcome is unknown. REFUSED: the request itself is at
 * fault (4xx), so trying again is in vain. BAD_RESPONSE: the answer is not in the format.
 */
export type ModelCallErrorCode = 'RATE_LIMITED' | 'UNAVAILABLE' | 'CUT_OFF' | 'REFUSED' | 'BAD_RESPONSE';

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
    return this.code !== 'REFUSED';
  }
}
