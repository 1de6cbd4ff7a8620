import { createHash } from 'node:crypto';

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** MTH of RFC 6962 §2.1 as it is written there, by another library than the product's. */
function naiveTree(entries: readonly Uint8Array[]): Buffer {
  const [only] = entries;
  if (only === undefined) return sha256();
  if (entries.length === 1) return sha256(Uint8Array.of(0), only);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Uint8Array.of(1), naiveTree(entries.slice(0, k)), naiveTree(entries.slice(k)));
}

export function naiveRoot(entries: readonly Uint8Array[]): string {
  return naiveTree(entries).toString('hex');
}
