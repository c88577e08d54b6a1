import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose addresses, and what clouds serve their metadata at outside of those. */
const specialIpv4 = subnets('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]);

/** All that is global; IPv4 in any wrapping but 6to4 and Teredo, loopback, link-local, unique local and multicast lie outside. */
const globalIpv6 = subnets('ipv6', ['2000::/3']);
const specialIpv6 = subnets('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** Whether an IP address, in canonical form, is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !specialIpv4.check(address, 'ipv4');
  return version === 6 && globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
}

function subnets(family: 'ipv4' | 'ipv6', list: readonly string[]): BlockList {
  const block = new BlockList();
  for (const entry of list) {
    const [network = '', prefix] = entry.split('/');
    block.addSubnet(network, Number(prefix), family);
  }
  return block;
}
