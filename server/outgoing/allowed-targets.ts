import { BlockList, isIP } from 'node:net';

/** What the operator lets requests reach although it is not on the public internet: a network of addresses, or a host at one port or all. */
export type AllowedTarget = { kind: 'network'; address: string; prefix: number; family: 'ipv4' | 'ipv6' } | { kind: 'host'; host: string; port?: number };

const cidr = /^(.+)\/(\d{1,3})$/;

/**
 * Reads a comma-separated list of hosts, host:port and CIDRs, such as `ollama:11434, 10.0.0.0/8, [::1]:8080`.
 * @throws RangeError naming the entry that is none
 */
export function parseAllowedTargets(list: string): AllowedTarget[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map(parseEntry);
}

function parseEntry(entry: string): AllowedTarget {
  const [, address = '', length] = cidr.exec(entry) ?? [];
  if (length !== undefined) return networkOf(entry, address, Number(length));
  if (isIP(entry) === 6) return networkOf(entry, entry, 128);
  const url = URL.canParse(`http://${entry}`) ? new URL(`http://${entry}`) : undefined;
  // What is more than a host and a port, or no port at all, comes out differently.
  const port = /:(\d+)$/.exec(entry)?.[1];
  if (!url || url.pathname !== '/' || url.search || url.hash || url.username || url.password || /[/?#@]/.test(entry)) throw unreadable(entry);
  const host = bareHost(url.hostname);
  if (port !== undefined) return { kind: 'host', host, port: Number(port) };
  return isIP(host) ? networkOf(entry, host, isIP(host) === 4 ? 32 : 128) : { kind: 'host', host };
}

function networkOf(entry: string, address: string, prefix: number): AllowedTarget {
  const version = isIP(address);
  if (version === 0 || prefix > (version === 4 ? 32 : 128)) throw unreadable(entry);
  return { kind: 'network', address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}

function unreadable(entry: string): RangeError {
  return new RangeError(`"${entry}" is no host, host:port or CIDR`);
}

/** The host of a URL without brackets and the dot that a full name ends in. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.+$/, '');
}

export class AllowList {
  private readonly networks = new BlockList();
  private readonly hosts: readonly { host: string; port?: number }[];

  constructor(targets: readonly AllowedTarget[]) {
    this.hosts = targets.filter((target) => target.kind === 'host');
    for (const target of targets) if (target.kind === 'network') this.networks.addSubnet(target.address, target.prefix, target.family);
  }

  hasHost(host: string, port: number): boolean {
    return this.hosts.some((allowed) => allowed.host === host && (allowed.port ?? port) === port);
  }

  hasAddress(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.networks.check(address, version === 4 ? 'ipv4' : 'ipv6');
  }
}
