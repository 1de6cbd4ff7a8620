import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/** A key as the runtime takes it: where many rows are marked by one, making it anew for each costs twice what marking does. */
export type MarkingKey = ReturnType<typeof createSecretKey>;

export function markingKey(key: Uint8Array): MarkingKey {
  return createSecretKey(key);
}

/** HMAC-SHA-256 (RFC 2104) over the parts, each behind the length of its text: no two lists of parts run together alike. */
export function markOf(key: Uint8Array | MarkingKey, parts: readonly (string | Uint8Array)[]): Uint8Array {
  const mac = createHmac('sha256', key);
  // Texts are taken together: each call of the runtime costs as much as some hundred bytes.
  let text = '';
  for (const part of parts)
    if (typeof part === 'string') text += `${Buffer.byteLength(part)}:${part}`;
    else {
      mac.update(`${text}${part.length}:`).update(part);
      text = '';
    }
  if (text !== '') mac.update(text);
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
