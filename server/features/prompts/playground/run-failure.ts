import { SandboxError } from '../../../sandbox/sandbox.js';
import { ModelCallError } from '../../providers/provider.js';
import { type RunError, type RunStatus } from './prompt-run.js';

/** Why a run is ended before its model has finished. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded';
  constructor(
    readonly status: Extract<RunStatus, 'CANCELLED' | 'FAILED'>,
    readonly failure: RunError | undefined,
  ) {
    super(failure?.message ?? 'The run was cancelled.');
  }
}

export const cancelled = () => new RunEnded('CANCELLED', undefined);

export const timedOut = (timeoutMs: number) =>
  new RunEnded('FAILED', { code: 'TIMEOUT', message: `The model took longer than ${timeoutMs / 1000} s and was ended. Ask it for less, or choose a faster model.` });

export const stopped = () => new RunEnded('FAILED', { code: 'STOPPED', message: 'The server was stopped meanwhile. Run it again.' });

export const tooLong = (longest: number) =>
  new RunEnded('FAILED', { code: 'OUTPUT_TOO_LONG', message: `The answer is longer than ${longest} characters and was ended. Set the most output tokens.` });

/** Of a run whose process ended while it ran: nobody knows what its model answered. */
export const interrupted: RunError = { code: 'INTERRUPTED', message: 'The server ended while the model answered. Run it again.' };

/** How a run ends that threw this; `fault` where the product itself is to blame. */
export function failureOf(error: unknown): { status: 'CANCELLED' | 'FAILED'; error: RunError | undefined; fault: boolean } {
  if (error instanceof RunEnded) return { status: error.status, error: error.failure, fault: false };
  if (error instanceof ModelCallError) return { status: 'FAILED', error: { code: error.code, message: adviceOf(error) }, fault: false };
  if (error instanceof SandboxError) return { status: 'FAILED', error: { code: `TEMPLATE_${error.code}`, message: error.message }, fault: false };
  return { status: 'FAILED', error: { code: 'INTERNAL', message: 'The product itself failed at this run. The server log says how.' }, fault: true };
}

function adviceOf({ code, message, retryAfterMs }: ModelCallError): string {
  if (code === 'RATE_LIMITED' && retryAfterMs !== undefined) return `${message} Run it again in ${Math.ceil(retryAfterMs / 1000)} s.`;
  if (code === 'RATE_LIMITED' || code === 'UNAVAILABLE') return `${message} Run it again later, or choose another model.`;
  return code === 'CUT_OFF' ? `${message} Run it again.` : message;
}
