import { promises as dns, type LookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { plainHttp } from '../../machine/plain-http.ts';
import { tlsAgent } from '../../machine/tls-agent.ts';
import { Failure } from '../../result/failure.ts';

/** Which servers may be asked where an address comes out of a certificate and no administrator has read it. */
export interface WebReach {
  readonly resolve: (host: string) => Promise<readonly LookupAddress[]>;
  /** Whether a server at this address (IPv4 or IPv6) and port may be asked. */
  readonly isOpen: (address: string, port: number) => boolean;
}

// RFC 6890 and its successors: this machine, its network, carriers' networks, documentation, multicast, and every way to
// write an IPv4 address as an IPv6 one.
const closed = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(net, bits, 'ipv6');

/** Whether an address is one of the open internet: no machine of this network can be asked by way of it. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, 'ipv4');
  return family === 6 && global6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

/** The open internet at the ports of the web. */
export const publicWeb: WebReach = {
  resolve: (host) => dns.lookup(host, { all: true }),
  isOpen: (address, port) => (port === 80 || port === 443) && isPublicAddress(address),
};

/**
 * An address of a certificate, or one that its server sends us on to: http or https, without credentials. Fails with
 * `update.address-closed`.
 */
export function webAddress(text: string, from?: URL): URL {
  const address = URL.canParse(text, from) ? new URL(text, from) : null;
  const isWeb = address !== null && /^https?:$/.test(address.protocol) && text.length <= 600;
  if (!isWeb || address.username !== '' || address.password !== '')
    throw new Failure('update.address-closed', { reason: 'no address of the web' });
  return address;
}

/**
 * One request, without following. The connection goes to the very address that was looked at: a name that answers otherwise
 * a moment later leads nowhere else. Fails with `update.address-closed`, `update.unreachable`, `update.not-trusted`.
 */
export async function askWeb(address: URL, web: WebReach, signal: AbortSignal): Promise<IncomingMessage> {
  const { host } = address;
  const isSecure = address.protocol === 'https:';
  const port = Number(address.port || (isSecure ? 443 : 80));
  const literal = address.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(literal);
  let found: readonly LookupAddress[];
  try {
    found = family === 0 ? await web.resolve(literal) : [{ address: literal, family }];
  } catch (thrown) {
    throw new Failure('update.unreachable', { host, reason: codeOf(thrown) }, thrown);
  }
  const [first] = found;
  if (first === undefined) throw new Failure('update.unreachable', { host, reason: 'no address' });
  if (!found.every((each) => web.isOpen(each.address, port)))
    throw new Failure('update.address-closed', { host, reason: 'not of the open internet' });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const lookup: LookupFunction = (_host, { all }, answer) =>
    all === true ? answer(null, [...found]) : answer(null, first.address, first.family);
  // No agent of the process, no proxy of the environment, no authority that the environment adds.
  const options = {
    signal,
    headers: { 'accept-encoding': 'identity', 'user-agent': 'styrk' },
    lookup,
  };
  const request = isSecure
    ? get(address, { ...options, agent: tlsAgent(rootCertificates) }, resolve)
    : plainHttp().get(address, { ...options, agent: false }, resolve);
  request.on('error', (thrown) => {
    const reason = codeOf(thrown);
    reject(new Failure(untrusted.test(reason) ? 'update.not-trusted' : 'update.unreachable', { host, reason }, thrown));
  });
  return promise;
}

/** The codes with which TLS refuses a server. */
export const untrusted = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|INVALID_CA|INVALID_PURPOSE|CRL/;

/** The system's code of what was thrown. */
export function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}
