import { isAbsolute } from 'node:path';
import * as tls from 'node:tls';
import { longest, most } from '../../result/bounds.ts';
import { Failure } from '../../result/failure.ts';

/** Where the station fetches its lists: one folder, or up to 16 addresses that are one file each. */
export interface TrustSource {
  readonly kind: 'folder' | 'https';
  readonly places: readonly string[];
  /** The certificate authority (PEM) that the addresses' servers must lead to; null for those that are generally known. */
  readonly authority: string | null;
}

const longestAuthority = 12 * 1024;

/**
 * An address as an administrator may set it, and as a server may send us on to: https, without credentials. Fails with
 * `update.source-unusable`.
 */
export function updateAddress(text: string, from?: URL): URL {
  const address = URL.canParse(text, from) ? new URL(text, from) : null;
  const refuse = (reason: string): Failure => new Failure('update.source-unusable', { reason });
  if (address === null || text.length > longest.place) throw refuse('no address');
  if (address.protocol !== 'https:') throw refuse('not https');
  if (address.username !== '' || address.password !== '') throw refuse('credentials in the address');
  if (address.hash !== '') throw refuse('a fragment in the address');
  return address;
}

/** Places as given: addresses, or one folder by its whole path. Fails with `update.source-unusable`. */
export function updateSource(places: readonly string[], authority: Uint8Array | null): TrustSource {
  const refuse = (reason: string): Failure => new Failure('update.source-unusable', { reason });
  const [first] = places;
  if (first === undefined || places.length > most.places) throw refuse('one folder, or 1 to 16 addresses');
  const isAddress = (place: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(place);
  const pem = authority === null ? null : authorityIn(authority);
  if (places.some(isAddress))
    return { kind: 'https', places: places.map((place) => updateAddress(place).href), authority: pem };
  if (places.length > 1) throw refuse('one folder, or 1 to 16 addresses');
  if (!isAbsolute(first) || first.length > longest.place) throw refuse('not the whole path of a folder');
  if (pem !== null) throw refuse('a folder needs no certificate authority');
  return { kind: 'folder', places: [first], authority: null };
}

function authorityIn(bytes: Uint8Array): string {
  const pem = new TextDecoder('latin1').decode(bytes);
  try {
    if (bytes.length > longestAuthority || !pem.includes('-----BEGIN CERTIFICATE-----')) throw new Error('no PEM');
    tls.createSecureContext({ ca: pem });
    return pem;
  } catch (thrown) {
    throw new Failure('update.source-unusable', { reason: 'no certificate authority (PEM)' }, thrown);
  }
}
