import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

const utf8 = new TextEncoder();

/** A key as the runtime takes it: where many rows are marked by one, making it anew for each costs twice what marking does. */
export type MarkingKey = ReturnType<typeof createSecretKey>;

export function markingKey(key: Uint8Array): MarkingKey {
  return createSecretKey(key);
}

/** HMAC-SHA-256 (RFC 2104) over the parts, each behind the length of its text: no two lists of parts run together alike. */
export function markOf(key: Uint8Array | MarkingKey, parts: readonly (string | Uint8Array)[]): Uint8Array {
  const mac = createHmac('sha256', key);
  for (const part of parts) {
    const bytes = typeof part === 'string' ? utf8.encode(part) : part;
    mac.update(`${bytes.length}:`).update(bytes);
  }
  return new Uint8Array(mac.digest());
}

/** Whether two marks are the same; takes as long for any two of one length. */
export function isSameMark(one: Uint8Array, other: unknown): boolean {
  return other instanceof Uint8Array && one.length === other.length && timingSafeEqual(one, other);
}

/** SHA-256 of a content that comes in parts, in lower-case hex, by the same. */
export function contentHash(): { readonly update: (part: Uint8Array) => void; readonly hex: () => string } {
  const hash = createHash('sha256');
  return { update: (part) => void hash.update(part), hex: () => hash.digest('hex') };
}

/** SHA-256 in lower-case hex by the machine's own code: for contents in great numbers, where noble's would be heard. */
export function contentDigest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
