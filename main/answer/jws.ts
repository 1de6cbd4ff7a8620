import * as v from 'valibot';
import { canonicalBytes } from '../result/canonical-json.ts';
import { readStrictJson } from '../result/strict-json.ts';
import { type AnswerAlgorithm, answerAlgorithms } from './bank-system.ts';
import { fromBase64url, toBase64url } from './base64url.ts';

/** The largest token that is looked at: an order or an answer is a few kilobytes. */
export const largestToken = 64 * 1024;

/** A compact JWS (RFC 7515 §7.1) as it was taken apart; nothing of it is proved. */
export interface UnprovedToken {
  readonly algorithm: AnswerAlgorithm;
  readonly kid: string;
  readonly payload: Uint8Array;
}

/** Why a text is no token: `unsigned` where nobody's key stands behind it, whatever it says. */
export type TokenFault = { readonly fault: 'malformed' | 'unsigned'; readonly reason: string };

// What is not understood is not passed over: no `crit`, no key or address that the message itself brings along (`jwk`, `jku`,
// `x5c`, `x5u`), no `b64` (RFC 8725 §3.10).
const headerSchema = v.strictObject({
  alg: v.string(),
  kid: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  typ: v.string(),
});

/**
 * Takes a compact JWS of this `typ` apart. The header is read strictly: an explicit type (RFC 8725 §3.11), a key's name, and
 * one of two algorithms of public keys; `none` and shared secrets are `unsigned`.
 */
export function takeApart(text: string, typ: string): UnprovedToken | TokenFault {
  const malformed = (reason: string): TokenFault => ({ fault: 'malformed', reason });
  const unsigned = (reason: string): TokenFault => ({ fault: 'unsigned', reason });
  if (text.length > largestToken) return malformed('too large');
  if (isJson(text)) return unsigned('not a token');
  const parts = text.split('.');
  const [head = '', body = '', signature = ''] = parts;
  if (parts.length !== 3 || head === '') return malformed('not a token');
  const bytes = fromBase64url(head);
  const payload = fromBase64url(body);
  if (bytes === null || payload === null || fromBase64url(signature) === null) return malformed('not base64url');
  const read = readStrictJson(bytes);
  if ('refused' in read) return malformed(`header: ${read.refused}`);
  const named = algorithmNamed(read.value);
  const algorithm = answerAlgorithms.find((known) => known === named);
  // RFC 9864 names the same algorithm by its curve.
  const meant = named === 'Ed25519' ? 'EdDSA' : algorithm;
  if (meant === undefined || signature === '') return unsigned(meant === undefined ? 'algorithm' : 'no signature');
  const header = v.safeParse(headerSchema, read.value);
  if (!header.success) return malformed(`header: ${headerPart(v.getDotPath(header.issues[0]))}`);
  if (header.output.typ !== typ) return malformed('header: typ');
  return { algorithm: meant, kid: header.output.kid, payload };
}

// A name that the message made up is not handed on.
function headerPart(place: string | null): string {
  return place !== null && Object.hasOwn(headerSchema.entries, place) ? place : 'another member';
}

function algorithmNamed(header: unknown): string | null {
  const given = (header as { alg?: unknown } | null)?.alg;
  return typeof given === 'string' ? given : null;
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('{') && 'value' in readStrictJson(new TextEncoder().encode(text));
}

/** How a token is signed: by which key, and what its header says. */
export interface TokenSigner {
  readonly algorithm: AnswerAlgorithm;
  readonly kid: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** A compact JWS over these claims. Header and claims are canonical JSON (RFC 8785), so that the same claims sign alike. */
export function signToken(claims: object, typ: string, { algorithm, kid, sign }: TokenSigner): string {
  const part = (value: object): string => toBase64url(canonicalBytes(value));
  const message = `${part({ alg: algorithm, kid, typ })}.${part(claims)}`;
  return `${message}.${toBase64url(sign(new TextEncoder().encode(message)))}`;
}
