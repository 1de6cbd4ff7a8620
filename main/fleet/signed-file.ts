import { isSignatureOf, sha256 } from '../crypto/sealing.ts';
import { concat, equal, fromHex, toHex } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import type { Detail } from '../result/check.ts';
import { Failure } from '../result/failure.ts';

/*
 * What stations and headquarters hand each other as files, where no line leads from one to the other, and what headquarters has
 * stations take: a line that says what it is, a manifest as JSON by RFC 8785 on one line, its Ed25519 signature in hex on the next
 * (over the first two lines as they stand), then the content, whose length and hash the manifest names.
 */

/**
 * From a station: rows. From headquarters: what is to be taken, and what has arrived. From station to station: who one is, cases that
 * wait for a colleague, and how they ended.
 */
export const signedFileKinds = ['delivery', 'issue', 'receipt', 'card', 'referrals', 'outcomes'] as const;
export type SignedFileKind = (typeof signedFileKinds)[number];

/** The most that such a file may have. */
export const largestSignedFile = 96 * 1024 * 1024;
const longestManifest = 64 * 1024;
const signatureDigits = 128;
const utf8 = new TextEncoder();

const firstLine = (kind: SignedFileKind): Uint8Array => utf8.encode(`styrk-fleet ${kind} 1\n`);

function malformed(reason: string): Failure {
  return new Failure('fleet.malformed', { reason });
}

/** Writes such a file. */
export function writeSigned(
  kind: SignedFileKind,
  manifest: Readonly<Record<string, Detail>>,
  content: Uint8Array,
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  const whole = { ...manifest, length: content.length, sha256: toHex(sha256(content)) };
  const signed = concat(firstLine(kind), canonicalBytes(whole), utf8.encode('\n'));
  return concat(signed, utf8.encode(`${toHex(sign(signed))}\n`), content);
}

/** Of which kind a file says it is; null where it is none of these. */
export function signedFileKind(bytes: Uint8Array): SignedFileKind | null {
  return signedFileKinds.find((kind) => equal(bytes.subarray(0, firstLine(kind).length), firstLine(kind))) ?? null;
}

/**
 * Reads such a file, proved by the key that `keyFor` names for what its manifest says: nothing else of it is used before. Fails with
 * `fleet.malformed` and `fleet.signature-wrong`.
 */
export function openSigned(
  kind: SignedFileKind,
  bytes: Uint8Array,
  keyFor: (manifest: Readonly<Record<string, unknown>>) => Uint8Array | Promise<Uint8Array>,
): Promise<{ readonly manifest: Readonly<Record<string, unknown>>; readonly content: Uint8Array }> {
  return Promise.resolve().then(async () => {
    if (bytes.length > largestSignedFile || signedFileKind(bytes) !== kind) throw malformed('not of this kind');
    const begin = firstLine(kind).length;
    const end = bytes.subarray(0, longestManifest).indexOf(0x0a, begin) + 1;
    const at = end + signatureDigits + 1;
    if (end === 0 || bytes.length < at || bytes[at - 1] !== 0x0a) throw malformed('manifest');
    const manifest = manifestIn(bytes.subarray(begin, end - 1));
    const digits = new TextDecoder('latin1').decode(bytes.subarray(end, at - 1));
    const key = await keyFor(manifest);
    if (!/^[0-9a-f]{128}$/.test(digits) || !isSignatureOf(key, bytes.subarray(0, end), fromHex(digits)))
      throw new Failure('fleet.signature-wrong');
    const content = bytes.subarray(at);
    if (manifest.length !== content.length || manifest.sha256 !== toHex(sha256(content))) throw malformed('content');
    return { manifest, content };
  });
}

// What reads back to other bytes than it was written in was not written by us.
function manifestIn(line: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
    if (
      typeof read === 'object' &&
      read !== null &&
      !Array.isArray(read) &&
      equal(canonicalBytes(read as Detail), line)
    )
      return read as Readonly<Record<string, unknown>>;
  } catch {
    // Said below.
  }
  throw malformed('manifest');
}
