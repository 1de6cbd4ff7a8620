import * as v from 'valibot';
import { type HttpsService, httpsService, noServiceFiles } from '../../machine/https-service.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../records/log/note-keys.ts';
import { Failure } from '../../result/failure.ts';
import type { SettingsRepository } from '../../store/types.ts';

/** A witness that the station asks: where, its keys as text, and the authority (PEM) that its certificate must lead to. */
export interface WitnessAnchor {
  readonly address: string;
  readonly keys: readonly string[];
  readonly authority: string | null;
}

/** Where checkpoints of the log go at each record. */
export interface Anchors {
  /** Files, or folders in which a file is named after the station. */
  readonly files: readonly string[];
  readonly witnesses: readonly WitnessAnchor[];
}

export const noAnchors: Anchors = { files: [], witnesses: [] };

const settingName = 'log/anchors';
const most = 8;
const text = v.pipe(v.string(), v.nonEmpty(), v.maxLength(8192));
const schema = v.strictObject({
  files: v.pipe(v.array(text), v.maxLength(most)),
  witnesses: v.pipe(
    v.array(
      v.strictObject({
        address: text,
        keys: v.pipe(v.array(text), v.minLength(1), v.maxLength(2)),
        authority: v.nullable(text),
      }),
    ),
    v.maxLength(most),
  ),
});

/** What is set; nothing where nobody has, or where what is kept says something else. */
export function readAnchors(settings: Pick<SettingsRepository, 'get'>): Anchors {
  const read = v.safeParse(schema, settings.get(settingName));
  return read.success ? read.output : noAnchors;
}

/** Sets where checkpoints go. Throws `log.malformed`, `service.unusable`, `input.too-large`. */
export function writeAnchors(settings: SettingsRepository, anchors: Anchors): void {
  for (const witness of anchors.witnesses) {
    witnessService(witness);
    witnessKeys(witness);
  }
  const read = v.safeParse(schema, anchors);
  if (!read.success) throw new Failure('service.unusable', { reason: `more than ${most}, or too long` });
  settings.set(settingName, {
    files: [...anchors.files],
    witnesses: anchors.witnesses.map(({ address, keys, authority }) => ({ address, keys: [...keys], authority })),
  });
}

/** The keys of a witness: all under one name. Throws `log.malformed`. */
export function witnessKeys({ keys }: WitnessAnchor): { readonly name: string; readonly keys: readonly VerifierKey[] } {
  const all = keys.map(parseVerifierKey);
  const [first] = all;
  if (first === undefined || all.some(({ name, type }) => name !== first.name || type === 'ed25519'))
    throw new Failure('log.malformed', { part: 'verifier-key', reason: 'not of one witness' });
  return { name: first.name, keys: all };
}

const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d{1,5})?\//;

/** The witness as a service: https, or plain http on this machine alone. Throws `service.unusable`. */
export function witnessService({ address, authority }: WitnessAnchor): HttpsService {
  const plain = address.endsWith('/') ? address : `${address}/`;
  if (loopback.test(plain) && URL.canParse(plain))
    return { address: new URL(plain).href, authority: null, identity: null };
  return httpsService(address, {
    ...noServiceFiles,
    authority: authority === null ? null : new TextEncoder().encode(authority),
  });
}

/** A key as the station keeps it. Throws `log.malformed`. */
export function ownForm(key: string): string {
  return formatVerifierKey(parseVerifierKey(key));
}
