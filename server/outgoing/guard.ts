import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { AllowList, type AllowedTarget, bareHost } from './allowed-targets.js';
import { OutgoingError } from './outgoing-error.js';
import { isPublicAddress } from './public-address.js';

export interface ResolvedAddress {
  address: string;
  family: number;
}

export type Resolve = (host: string) => Promise<ResolvedAddress[]>;

const ports: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Whether an address of this protocol can be called at all. */
export function isWeb({ protocol }: URL): boolean {
  return protocol in ports;
}

/**
 * Lets connections through to the public internet and to what the operator allows. A name leads there only if all of its addresses do, and the
 * address that was checked is the one that is connected to.
 */
export class Guard {
  private readonly allowed: AllowList;

  constructor(
    targets: readonly AllowedTarget[],
    private readonly resolve: Resolve = (host) => systemLookup(host, { all: true }),
  ) {
    this.allowed = new AllowList(targets);
  }

  /** Connections that are checked as they are made. */
  agent({ connectMs = 10_000, ...options }: Omit<Agent.Options, 'connect'> & { connectMs?: number } = {}): Agent {
    const connect = buildConnector({ timeout: connectMs });
    const connectChecked = buildConnector({ timeout: connectMs, lookup: this.lookup });
    return new Agent({
      ...options,
      connect: (target, callback) => {
        if (this.isAllowedHost(target)) return connect(target, callback);
        const host = bareHost(target.hostname);
        // Sockets don't look up what is an address already.
        const problem = isIP(host) === 0 ? undefined : this.addressProblem(host, host);
        if (problem) return callback(problem, null);
        return connectChecked(target, callback);
      },
    });
  }

  /** The operator allows the host by its name, or by its address. */
  isAllowed(url: URL): boolean {
    return this.isAllowedHost(url) || this.allowed.hasAddress(bareHost(url.hostname));
  }

  /** @returns why a URL is refused, as far as that shows before its host is looked up */
  problemOf(url: URL): OutgoingError | undefined {
    const host = bareHost(url.hostname);
    return isIP(host) === 0 || this.isAllowedHost(url) ? undefined : this.addressProblem(host, host);
  }

  private isAllowedHost({ hostname, port, protocol }: Pick<URL, 'hostname' | 'port' | 'protocol'>): boolean {
    return this.allowed.hasHost(bareHost(hostname), Number(port) || (ports[protocol] ?? 0));
  }

  private readonly lookup: LookupFunction = (host, { all }, done) => {
    this.addressesOf(host).then(
      (addresses) => {
        const [first] = addresses;
        if (all || !first) done(null, addresses);
        else done(null, first.address, first.family);
      },
      (error: Error) => done(error, []),
    );
  };

  private async addressesOf(host: string): Promise<ResolvedAddress[]> {
    const addresses = await this.resolve(host);
    for (const { address } of addresses) {
      const problem = this.addressProblem(address, host);
      if (problem) throw problem;
    }
    return addresses;
  }

  private addressProblem(address: string, host: string): OutgoingError | undefined {
    if (isPublicAddress(address) || this.allowed.hasAddress(address)) return undefined;
    return new OutgoingError('FORBIDDEN_ADDRESS', `${host} is not on the public internet. Whoever runs this server can allow it with OUTGOING_ALLOW.`);
  }
}
