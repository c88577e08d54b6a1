import { type Agent } from 'undici';
import { type AllowedTarget } from './allowed-targets.js';
import { Guard, isWeb } from './guard.js';
import { OutgoingError } from './outgoing-error.js';

export interface OutgoingLimits {
  connectMs?: number;
  /** Until the answer begins, and between any two pieces of it. */
  silenceMs?: number;
  answerBytes?: number;
}

/** `fetch` for addresses that users give, for answers that are read as they arrive: over https to what the guard lets through, and over http where the operator allows it. */
export class OutgoingRequests {
  private readonly guard: Guard;
  private readonly agent: Agent;

  constructor(targets: readonly AllowedTarget[], { connectMs, silenceMs = 300_000, answerBytes = 64 * 1024 * 1024 }: OutgoingLimits = {}) {
    this.guard = new Guard(targets);
    this.agent = this.guard.agent({ headersTimeout: silenceMs, bodyTimeout: silenceMs, maxResponseSize: answerBytes, ...(connectMs !== undefined && { connectMs }) });
  }

  /** What is wrong with an address, as far as it shows before it is connected to, in words for whoever gave it. */
  urlProblem(text: string): string | undefined {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !isWeb(url)) return 'Give an address that begins with https://.';
    if (url.username !== '' || url.password !== '') return 'Leave the user name and password out of the address.';
    const problem = this.guard.problemOf(url);
    if (problem) return problem.message;
    if (url.protocol === 'https:' || this.guard.isAllowed(url)) return undefined;
    return 'Give an address that begins with https://: what is sent over http:// can be read on the way.';
  }

  /** As `fetch`, except that a redirect is an error: what is sent is meant for the one that it was sent to. @throws OutgoingError */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const problem = this.urlProblem(url);
    if (problem !== undefined) throw new OutgoingError('FORBIDDEN_ADDRESS', problem);
    const response = await fetch(input, { ...init, redirect: 'manual', dispatcher: this.agent });
    if (response.status >= 300 && response.status < 400 && response.headers.has('location')) {
      await response.body?.cancel();
      throw new OutgoingError('BAD_REDIRECT', `${new URL(url).host} answered with a redirect, which is not followed. Give the address that it leads to.`);
    }
    return response;
  };

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}
