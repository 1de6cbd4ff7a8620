import { isAbsolute, resolve } from 'node:path';
import * as v from 'valibot';
import { isEd25519Key, isP256Key } from '../crypto/token-keys.ts';
import { Failure } from '../result/failure.ts';
import { hasHiddenCharacters } from '../result/hidden-characters.ts';
import { readStrictJson } from '../result/strict-json.ts';
import { fromBase64url } from './base64url.ts';

/** The ways that orders and answers travel (docs/integration.md). */
export const ways = ['native-messaging', 'link', 'folder', 'qr', 'https'] as const;
export type Way = (typeof ways)[number];

/** How answers are signed: the station's own key (RFC 8037), or a second one for who has no Ed25519 (RFC 7518 §3.4). */
export const answerAlgorithms = ['EdDSA', 'ES256'] as const;
export type AnswerAlgorithm = (typeof answerAlgorithms)[number];

/** What a system may want beside the statement itself (docs/integration.md). */
export const attachments = ['tr-03135'] as const;

/** The largest file that describes a system. */
export const largestSystemFile = 16 * 1024;

const idForm = /^[A-Za-z0-9](?:[A-Za-z0-9._:/-]{0,198}[A-Za-z0-9])?$/;
const originForm =
  /^(?:chrome-extension:\/\/[a-p]{32}\/?|https:\/\/[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::\d{1,5})?)$/;
const text = (longest: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(longest),
    v.check((name) => !hasHiddenCharacters(name) && name.trim() === name),
  );
const kid = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._~-]{1,100}$/));
const coordinate = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

// Public members alone: a private key (`d`) that somebody sends along by mistake is refused and never kept.
const keySchema = v.variant('kty', [
  v.strictObject({ kty: v.literal('OKP'), crv: v.literal('Ed25519'), x: coordinate, kid, ...keyUse('EdDSA') }),
  v.strictObject({
    kty: v.literal('EC'),
    crv: v.literal('P-256'),
    x: coordinate,
    y: coordinate,
    kid,
    ...keyUse('ES256'),
  }),
]);

function keyUse<Algorithm extends AnswerAlgorithm>(algorithm: Algorithm) {
  return { alg: v.optional(v.literal(algorithm)), use: v.optional(v.literal('sig')) };
}

const systemSchema = v.strictObject({
  /** `iss` of its orders, and `aud` of the answers to them. */
  id: v.pipe(v.string(), v.regex(idForm)),
  /** What staff are shown. */
  name: text(100),
  keys: v.pipe(v.array(keySchema), v.minLength(1), v.maxLength(8)),
  /**
   * Names by which its orders may address this station, beside the station's own id. An order is taken once by each station that
   * bears its name: administrators say that this one alone does (`addBank`).
   */
  audiences: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(idForm))), v.maxLength(16)), []),
  ways: v.pipe(v.array(v.picklist(ways)), v.minLength(1), v.maxLength(ways.length)),
  /** Browser extensions and pages that may hand its orders over. */
  origins: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(originForm))), v.maxLength(16)), []),
  /** The drop folder that the desk watches: `orders` and `answers` lie in it. Without one files are handed over at the side door. */
  folder: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(600))), null),
  /** Where answers are posted, and orders are asked for. */
  address: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(600))), null),
  algorithm: v.optional(v.picklist(answerAlgorithms), 'EdDSA'),
  /** How long its answers are fresh, in minutes from the decision: a system that hears of them later needs longer. */
  answerMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(10_080)), 60),
  /** What its answers bring along, where it wants that. */
  attachments: v.optional(v.pipe(v.array(v.picklist(attachments)), v.maxLength(attachments.length)), []),
  /** `verification.trust_framework` of its answers (OpenID Identity Assurance): what bank and station agreed on. */
  trustFramework: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9._:/-]{1,100}$/)), 'styrk'),
});

/** A system of the bank that may send orders, and is answered. */
export type BankSystem = v.InferOutput<typeof systemSchema>;

/** A public key of a system, as JWK (RFC 7517). */
export type BankKey = BankSystem['keys'][number];

/** A system as a file describes it (JSON). Fails with `bank.malformed`, with the first place that is not right. */
export function bankSystemIn(bytes: Uint8Array): BankSystem {
  const refuse = (reason: string): Failure => new Failure('bank.malformed', { reason });
  if (bytes.length > largestSystemFile) throw refuse('too large');
  const read = readStrictJson(bytes);
  if ('refused' in read) throw refuse(read.refused);
  const system = bankSystemOf(read.value);
  // From wherever the app was started it is the same folder.
  const { folder } = system;
  if (folder === null) return system;
  if (!isAbsolute(folder) || folder.includes('\0')) throw refuse('folder: not a whole path');
  // Written two ways (`/drop`, `/drop/`) it is one folder, and is looked into once: by two each would refuse the other's orders.
  return { ...system, folder: resolve(folder) };
}

/** The same of a value. Fails with `bank.malformed`. */
export function bankSystemOf(value: unknown): BankSystem {
  const refuse = (reason: string): Failure => new Failure('bank.malformed', { reason });
  const parsed = v.safeParse(systemSchema, value);
  if (!parsed.success) throw refuse(v.getDotPath(parsed.issues[0]) ?? 'not an object');
  const system = parsed.output;
  if (new Set(system.keys.map((key) => key.kid)).size !== system.keys.length) throw refuse('keys: one kid twice');
  for (const key of system.keys) if (!isUsableKey(key)) throw refuse(`keys: ${key.kid} is no key of its curve`);
  if (
    system.ways.includes('native-messaging') &&
    !system.origins.some((origin) => origin.startsWith('chrome-extension:'))
  )
    throw refuse('origins: native messaging needs the extension');
  if (system.ways.includes('https') && system.address === null) throw refuse('address: none is named');
  return system;
}

function isUsableKey(key: BankKey): boolean {
  const x = fromBase64url(key.x);
  if (key.kty === 'OKP') return x !== null && isEd25519Key(x);
  const y = fromBase64url(key.y);
  return x !== null && y !== null && isP256Key(x, y);
}

/** The algorithm (RFC 7518, RFC 8037) that a key signs with: it is the key's, never the message's choice. */
export function algorithmOf({ kty }: Pick<BankKey, 'kty'>): AnswerAlgorithm {
  return kty === 'OKP' ? 'EdDSA' : 'ES256';
}
