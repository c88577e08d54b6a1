/**
 * FORBIDDEN_ADDRESS: the address is not on the public internet, and the operator does not allow it. BAD_URL: it can't be called at all.
 * BAD_REDIRECT: the answer sends on to where the request must not go. TOO_LARGE, TIMEOUT: the answer. NETWORK: no answer came.
 */
export type OutgoingErrorCode = 'FORBIDDEN_ADDRESS' | 'BAD_URL' | 'BAD_REDIRECT' | 'TOO_LARGE' | 'TIMEOUT' | 'NETWORK';

/** A request that was not made, or has no answer. Its message holds nothing of what was sent. */
export class OutgoingError extends Error {
  override readonly name = 'OutgoingError';
  constructor(
    readonly code: OutgoingErrorCode,
    message: string,
  ) {
    super(message);
  }

  /** Whether the same request may go well another time. */
  get retryable(): boolean {
    return this.code === 'NETWORK' || this.code === 'TIMEOUT';
  }
}
