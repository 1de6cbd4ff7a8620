import { digest } from '../crypto/hash.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { toBase64url } from './base64url.ts';

/** A public key's own name, which none can be given in its place (RFC 7638 §3: its required members alone, SHA-256). */
export function thumbprintOf(key: {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y?: string;
}): string {
  const { kty, crv, x, y } = key;
  return toBase64url(digest('SHA-256', canonicalBytes({ crv, kty, x, ...(y === undefined ? {} : { y }) })));
}
