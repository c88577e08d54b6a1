import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { AllowList, type AllowedTarget, bareHost } from './allowed-targets.js';
import { OutgoingError } from './outgoing-error.js';
import { isPublicAddress } from './public-address.js';

export interface OutgoingLimits {
  connectMs?: number;
  /** Until the answer begins, and between any two pieces of it. */
  silenceMs?: number;
  answerBytes?: number;
}

const ports: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * `fetch` for addresses that users give, for answers that are read as they arrive. They reach the public internet, over https, and what the operator allows; nothing else, however it
 * is spelled and whatever a name server says: an address is checked when it is connected to, and is the one connected to.
 */
export class OutgoingRequests {
  private readonly agent: Agent;
  private readonly allowed: AllowList;

  constructor(
    targets: readonly AllowedTarget[],
    { connectMs = 10_000, silenceMs = 300_000, answerBytes = 64 * 1024 * 1024 }: OutgoingLimits = {},
  ) {
    this.allowed = new AllowList(targets);
    const connect = buildConnector({ timeout: connectMs });
    const connectChecked = buildConnector({ timeout: connectMs, lookup: this.lookup });
    this.agent = new Agent({
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      maxResponseSize: answerBytes,
      connect: (options, callback) => {
        const host = bareHost(options.hostname);
        if (this.allowed.hasHost(host, Number(options.port) || (ports[options.protocol] ?? 0))) return connect(options, callback);
        const problem = isIP(host) === 0 ? undefined : this.addressProblem(host, host);
        if (problem) return callback(problem, null);
        return connectChecked(options, callback);
      },
    });
  }

  /** What is wrong with an address, as far as it shows before it is connected to, in words for whoever gave it. */
  urlProblem(text: string): string | undefined {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !(url.protocol in ports)) return 'Give an address that begins with https://.';
    if (url.username !== '' || url.password !== '') return 'Leave the user name and password out of the address.';
    const host = bareHost(url.hostname);
    if (this.allowed.hasHost(host, Number(url.port) || (ports[url.protocol] ?? 0)) || this.allowed.hasAddress(host)) return undefined;
    if (isIP(host) !== 0 && !isPublicAddress(host)) return refusal(host);
    return url.protocol === 'https:' ? undefined : 'Give an address that begins with https://: what is sent over http:// can be read on the way.';
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

  private readonly lookup: LookupFunction = (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const problem = error ?? addresses.map(({ address }) => this.addressProblem(address, host)).find((found) => found !== undefined);
      const [first] = addresses ?? [];
      if (problem || !first) callback(problem ?? new Error(`${host} has no address.`), '');
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

  private addressProblem(address: string, host: string): OutgoingError | undefined {
    return isPublicAddress(address) || this.allowed.hasAddress(address) ? undefined : new OutgoingError('FORBIDDEN_ADDRESS', refusal(host));
  }
}

function refusal(host: string): string {
  return `${host} is not on the public internet. Whoever runs this server can allow it with OUTGOING_ALLOW.`;
}
