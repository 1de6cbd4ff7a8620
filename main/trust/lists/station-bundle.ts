import { isSignatureOf } from '../../crypto/sealing.ts';
import { concat, equal, fromHex, toHex } from '../../result/bytes.ts';
import { canonicalBytes } from '../../result/canonical-json.ts';
import { Failure } from '../../result/failure.ts';
import { type PlainDate, parsePlainDate } from '../../result/plain-date.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { stationBundleMagic } from './recognise-file.ts';

/** What a bundle carries, part by part. */
export const bundlePartKinds = [
  'certificates',
  'document-signers',
  'revocation-list',
  'defect-list',
  'deviation-list',
  'policy',
] as const;
export type BundlePartKind = (typeof bundlePartKinds)[number];

export interface BundlePart {
  readonly kind: BundlePartKind;
  /** Of a policy its name, else the fingerprint or a word for people. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** Which bundle of which issuer. A later one has a higher number and no earlier date. */
export interface BundleState {
  /** Hex of the issuer's public key (Ed25519). */
  readonly issuer: string;
  readonly number: number;
  readonly date: PlainDate;
  /** SHA-256 over the file, lower-case hex. */
  readonly digest: string;
}

export interface OpenedBundle {
  readonly state: BundleState;
  readonly parts: readonly BundlePart[];
}

type PresentBundle = Pick<BundleState, 'number' | 'date' | 'digest'>;

/** Who signs a bundle: an Ed25519 key that stays where it is. */
export interface BundleSigner {
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

interface Manifest {
  readonly issuer: string;
  readonly number: number;
  readonly date: string;
  readonly parts: readonly {
    readonly kind: string;
    readonly name: string;
    readonly length: number;
    readonly sha256: string;
  }[];
}

const utf8 = new TextEncoder();

/** A form in which manifests are written: the line that says so, and the bytes that a manifest has. */
interface Form {
  readonly magic: Uint8Array;
  readonly canonical: (manifest: Manifest) => Uint8Array;
}

// The fields of a manifest and no others, in the order of the first form.
function fieldsOf({ issuer, number, date, parts }: Manifest): Manifest {
  const listed = parts.map(({ kind, name, length, sha256 }) => ({ kind, name, length, sha256 }));
  return { issuer, number, date, parts: listed };
}

const writtenForm: Form = {
  magic: utf8.encode(stationBundleMagic[2]),
  canonical: (manifest) => canonicalBytes(fieldsOf(manifest)),
};

/** Of stations that were set up earlier: JavaScript's own JSON, the fields in this order. It is read and no longer written. */
const firstForm: Form = {
  magic: utf8.encode(stationBundleMagic[1]),
  canonical: (manifest) => utf8.encode(JSON.stringify(fieldsOf(manifest))),
};
const maximumBundleLength = 64 * 1024 * 1024;
const maximumManifestLength = 4 * 1024 * 1024;
const maximumParts = 5_000;
const signatureDigits = 128;
const longestHead = 160;

function malformed(reason: string): Failure {
  return new Failure('bundle.malformed', { reason });
}

/**
 * Writes a bundle and signs it: a line that says what it is, the manifest as JSON by RFC 8785 on one line, its Ed25519
 * signature in hex on the next (over the first two lines as they stand), then the parts one after the other. Fails with
 * `bundle.too-large` where no station could read it.
 */
export function writeBundle(
  parts: readonly BundlePart[],
  { signer, number, date }: { readonly signer: BundleSigner; readonly number: number; readonly date: PlainDate },
): Uint8Array {
  const manifest: Manifest = {
    issuer: toHex(signer.publicKey),
    number,
    date,
    parts: parts.map(({ kind, name, content }) => ({
      kind,
      name,
      length: content.length,
      sha256: fingerprintOf(content),
    })),
  };
  const signed = concat(writtenForm.magic, writtenForm.canonical(manifest), utf8.encode('\n'));
  const length = parts.reduce((sum, { content }) => sum + content.length, signed.length + signatureDigits + 1);
  if (length > maximumBundleLength || signed.length > maximumManifestLength || parts.length > maximumParts)
    throw new Failure('bundle.too-large', { bytes: length, limit: maximumBundleLength, parts: parts.length });
  const signature = utf8.encode(`${toHex(signer.sign(signed))}\n`);
  return concat(signed, signature, ...parts.map(({ content }) => content));
}

/**
 * Reads a bundle whose signer is pinned, whole or not at all, and newer than what came from that signer before. Fails with
 * `bundle.malformed`, `bundle.signer-not-pinned`, `bundle.signature-wrong`, `bundle.part-differs`, `bundle.older`,
 * `bundle.number-reused`.
 */
export function openBundle(
  bytes: Uint8Array,
  around: {
    /** Public keys (Ed25519) for which two administrators stand. */
    readonly pinnedKeys: readonly Uint8Array[];
    readonly presentOf: (issuer: string) => PresentBundle | null;
  },
): OpenedBundle {
  const opened = provedBundle(bytes, (issuer) => around.pinnedKeys.find((key) => toHex(key) === issuer));
  refuseOlder(opened.state, around.presentOf(opened.state.issuer));
  return opened;
}

/**
 * Reads a bundle as its own signer signed it: whole, and whose it says that it is. Whether that signer counts each station says. Fails
 * as `openBundle`.
 */
export function bundleOfAnySigner(bytes: Uint8Array): OpenedBundle {
  return provedBundle(bytes, fromHex);
}

function provedBundle(bytes: Uint8Array, keyOf: (issuer: string) => Uint8Array | undefined): OpenedBundle {
  const form = [writtenForm, firstForm].find(({ magic }) => equal(bytes.subarray(0, magic.length), magic));
  if (bytes.length > maximumBundleLength || form === undefined) throw malformed('magic');
  const begin = form.magic.length;
  const manifestEnd = bytes.subarray(0, maximumManifestLength).indexOf(0x0a, begin) + 1;
  const contents = manifestEnd + signatureDigits + 1;
  if (manifestEnd === 0 || bytes.length < contents || bytes[contents - 1] !== 0x0a) throw malformed('manifest');
  const signed = bytes.subarray(0, manifestEnd);
  const manifest = readManifest(signed.subarray(begin, -1), form);
  const publicKey = keyOf(manifest.issuer);
  if (publicKey === undefined) throw new Failure('bundle.signer-not-pinned', { issuer: manifest.issuer });
  if (!isSignatureOf(publicKey, signed, signatureOf(bytes.subarray(manifestEnd, contents - 1))))
    throw new Failure('bundle.signature-wrong');
  const date = parsePlainDate(manifest.date);
  if (date === null) throw malformed('date');
  const parts = readParts(bytes.subarray(contents), manifest);
  const state = { issuer: manifest.issuer, number: manifest.number, date, digest: fingerprintOf(bytes) };
  return { state, parts };
}

/** The number that a bundle gives itself, proved by nobody: to tell in which order several are opened. 0 where it gives none. */
export function statedNumber(bytes: Uint8Array): number {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, longestHead));
  return Number(/^[^\n]*\n\{(?:"date":"[^"]*",)?"issuer":"[0-9a-f]{64}","number":([0-9]{1,15}),/.exec(head)?.[1] ?? 0);
}

// Only the one way in which it is written: else a letter could change its case and nobody see it.
function signatureOf(digits: Uint8Array): Uint8Array {
  const text = new TextDecoder('latin1').decode(digits);
  if (!/^[0-9a-f]{128}$/.test(text)) throw new Failure('bundle.signature-wrong', { reason: 'not in lower-case hex' });
  return fromHex(text);
}

// What reads back to other bytes than it was written in was not written by us.
function readManifest(line: Uint8Array, form: Form): Manifest {
  const text = new TextDecoder('utf-8').decode(line);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    throw new Failure('bundle.malformed', { reason: 'manifest' }, thrown);
  }
  if (!isManifest(json) || !equal(canonicalOrNot(json, form), line)) throw malformed('manifest');
  return json;
}

// A text that no Unicode text is has no canonical form (RFC 8785 §3.2.2.2).
function canonicalOrNot(manifest: Manifest, form: Form): Uint8Array {
  try {
    return form.canonical(manifest);
  } catch (thrown) {
    throw new Failure('bundle.malformed', { reason: 'manifest' }, thrown);
  }
}

function isManifest(json: unknown): json is Manifest {
  if (typeof json !== 'object' || json === null) return false;
  const { issuer, number, date, parts } = json as Partial<Record<keyof Manifest, unknown>>;
  const whole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
  return (
    typeof issuer === 'string' &&
    /^[0-9a-f]{64}$/.test(issuer) &&
    whole(number) &&
    typeof date === 'string' &&
    Array.isArray(parts) &&
    parts.length <= maximumParts &&
    parts.every(
      (part: Partial<Record<string, unknown>> | null) =>
        typeof part === 'object' &&
        part !== null &&
        typeof part.name === 'string' &&
        bundlePartKinds.some((kind) => kind === part.kind) &&
        whole(part.length) &&
        typeof part.sha256 === 'string',
    )
  );
}

function readParts(bytes: Uint8Array, manifest: Manifest): BundlePart[] {
  let at = 0;
  const parts = manifest.parts.map(({ kind, name, length, sha256 }) => {
    const content = bytes.subarray(at, at + length);
    at += length;
    const known = bundlePartKinds.find((each) => each === kind);
    if (known === undefined || content.length !== length || fingerprintOf(content) !== sha256)
      throw new Failure('bundle.part-differs', { part: name });
    return { kind: known, name, content };
  });
  if (at !== bytes.length) throw new Failure('bundle.part-differs', { part: 'end' });
  return parts;
}

/**
 * Refuses what does not come after the present state. Fails with `bundle.older`, and with `bundle.number-reused` where the
 * issuer gave one number to two contents: a copy of its data folder may be signing too.
 */
export function refuseOlder(bundle: PresentBundle, present: PresentBundle | null): void {
  if (present === null) return;
  if (bundle.number === present.number && bundle.digest !== present.digest)
    throw new Failure('bundle.number-reused', {
      number: bundle.number,
      digest: bundle.digest,
      present: present.digest,
    });
  if (bundle.number <= present.number || bundle.date < present.date)
    throw new Failure('bundle.older', { number: bundle.number, present: present.number, date: present.date });
}
