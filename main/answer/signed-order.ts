import { compactVerify, importJWK } from 'jose';
import * as v from 'valibot';
import { digest } from '../crypto/hash.ts';
import { toHex } from '../result/bytes.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { readStrictJson } from '../result/strict-json.ts';
import { type Order, orderBounds, parseOrder } from '../verification/order.ts';
import { mayNameSomebody } from '../verification/order-customer.ts';
import { orderHindrances } from '../verification/order-standing.ts';
import { purposes } from '../verification/purposes.ts';
import { algorithmOf, type BankKey, type BankSystem, type Way } from './bank-system.ts';
import { askedClaims } from './claims.ts';
import { largestToken, takeApart } from './jws.ts';
import { thumbprintOf } from './thumbprint.ts';

/** The explicit type of a signed order (RFC 8725 §3.11). */
export const orderType = 'styrk-order+jwt';

/** An order that a bank's system signed, proved. */
export interface SignedOrder {
  readonly system: BankSystem;
  readonly order: Order;
  /** Personal data that the answer is to hold, and no more. */
  readonly asks: readonly (typeof askedClaims)[number][];
  /** The key that signed it (RFC 7515 `kid`). */
  readonly kid: string;
  /** Which key that is: a system may name another one alike later (`thumbprintOf`). */
  readonly keyPrint: string;
  /** The token as it came, and SHA-256 over it in hex. */
  readonly token: string;
  readonly digest: string;
}

/** How an order came. `origins` are those of who handed it over: a browser's extension, and the page that it speaks for. */
export interface Sender {
  readonly way: Way;
  readonly origins: readonly string[];
  /** The drop folder that it lay in: that of another system is not its own. */
  readonly folder?: string;
  /** The system whose server handed it over: only that one's own orders. */
  readonly system?: string;
}

/** What a signed order is judged by. */
export interface OrderGround {
  readonly system: (id: string) => BankSystem | null;
  readonly stationId: string;
  /** The instant, ISO 8601 with `Z`, and the day by the station's clock. */
  readonly now: string;
  readonly today: PlainDate;
  /** The newest day that the station has seen: with a clock set back nothing becomes valid again. */
  readonly newestDay: PlainDate | null;
  /** The newest instant of which the station knows that it was (ISO 8601); null where it knows of none. */
  readonly newestAt: string | null;
  /**
   * When an order of this name was taken in (ISO 8601); null: never. One that was in time then may be asked after for as long as
   * anybody likes.
   */
  readonly takenAt: (issuer: string, id: string) => string | null;
}

/** An order may wait for a customer who has an appointment, not for ever. */
export const longestValidityMinutes = 31 * 24 * 60;

const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(253_402_300_799));
const claimsSchema = v.strictObject({
  iss: v.pipe(v.string(), v.maxLength(orderBounds.issuer)),
  aud: v.pipe(v.string(), v.maxLength(orderBounds.audience)),
  jti: v.pipe(v.string(), v.minLength(1)),
  iat: seconds,
  nbf: v.optional(seconds),
  exp: seconds,
  nonce: v.string(),
  order: v.strictObject({
    text: v.string(),
    amount: v.optional(v.unknown()),
    reference: v.optional(v.unknown()),
    purpose: v.optional(v.unknown()),
    customer: v.optional(v.unknown()),
  }),
  asks: v.optional(v.pipe(v.array(v.picklist(askedClaims)), v.maxLength(askedClaims.length)), []),
});

/**
 * Proves a signed order (docs/integration.md): whose it is, that it is for this station, in time, and that it came by a way and
 * from a page that this bank's system uses; and that a case of this station can carry it. `sender` null: it is only shown. Nothing is kept: that it was not here before is the store's to say. Fails with
 * `order.unsigned`, `order.malformed`, `order.characters`, `order.too-large`, `order.foreign`, `order.signature-wrong`,
 * `order.sender-refused`, `order.not-yet-valid`, `order.expired`, `clock.went-back`.
 */
export async function proveOrder(text: string, sender: Sender | null, ground: OrderGround): Promise<SignedOrder> {
  const token = text.trim();
  if (token.length > largestToken) throw new Failure('order.too-large', { limit: largestToken });
  const taken = takeApart(token, orderType);
  if ('fault' in taken)
    throw new Failure(taken.fault === 'unsigned' ? 'order.unsigned' : 'order.malformed', { reason: taken.reason });
  const read = readStrictJson(taken.payload);
  if ('refused' in read) throw new Failure('order.malformed', { reason: read.refused });
  const system = systemNamed(read.value, ground);
  const key = system.keys.find(({ kid }) => kid === taken.kid);
  if (key === undefined) throw new Failure('order.foreign', { reason: 'key' });
  // The key says how it signs, not the message (RFC 8725 §3.1).
  if (algorithmOf(key) !== taken.algorithm) throw new Failure('order.signature-wrong', { reason: 'algorithm' });
  await verify(token, key);
  const claims = v.safeParse(claimsSchema, read.value);
  if (!claims.success) throw malformed(claims.issues[0]);
  const { iss, aud, jti, iat, exp, nbf = iat, nonce, order, asks } = claims.output;
  if (sender !== null) refuseSender(system, sender);
  if (exp <= iat || exp - iat > longestValidityMinutes * 60) throw new Failure('order.malformed', { field: 'exp' });
  const parsed = orderOf({
    schema: 'styrk-order',
    version: 1,
    id: jti,
    issuer: iss,
    audience: aud,
    ...order,
    nonce,
    issuedAt: instantOf(iat),
    expiresAt: instantOf(exp),
  });
  const before = ground.takenAt(parsed.issuer, parsed.id);
  refuseHindered({ ...parsed, issuedAt: instantOf(Math.max(iat, nbf)) }, system, { ...ground, before });
  // One that was taken in is asked after as ever: what an earlier app let in, or was right by the rules of then, has its answer.
  if (before === null) refuseUnplaceable(parsed, ground);
  return {
    system,
    order: parsed,
    asks: [...new Set(asks)],
    kid: key.kid,
    keyPrint: thumbprintOf(key),
    token,
    digest: toHex(digest('SHA-256', new TextEncoder().encode(token))),
  };
}

// Asked for before anything is proved: who says that it is from nobody we know is told so, and no more is looked at.
function systemNamed(payload: unknown, { system }: OrderGround): BankSystem {
  const iss = (payload as { iss?: unknown } | null)?.iss;
  const found = typeof iss === 'string' ? system(iss) : null;
  if (found === null) throw new Failure('order.foreign', { reason: 'issuer' });
  return found;
}

async function verify(token: string, { kid: _, use: __, alg: ___, ...key }: BankKey): Promise<void> {
  const algorithm = algorithmOf(key);
  try {
    await compactVerify(token, await importJWK(key, algorithm), {
      algorithms: algorithm === 'EdDSA' ? ['EdDSA', 'Ed25519'] : [algorithm],
    });
  } catch (thrown) {
    throw new Failure('order.signature-wrong', { reason: 'signature' }, thrown);
  }
}

function refuseSender({ id, ways, origins, folder }: BankSystem, sender: Sender): void {
  if (!ways.includes(sender.way)) throw new Failure('order.sender-refused', { reason: 'way', way: sender.way });
  if (sender.folder !== undefined && sender.folder !== folder)
    throw new Failure('order.sender-refused', { reason: 'folder', way: sender.way });
  if (sender.system !== undefined && sender.system !== id)
    throw new Failure('order.sender-refused', { reason: 'system', way: sender.way });
  const plain = (origin: string): string => origin.replace(/\/$/, '');
  const known = new Set(origins.map(plain));
  if (!sender.origins.every((origin) => known.has(plain(origin))))
    throw new Failure('order.sender-refused', { reason: 'page', way: sender.way });
}

// One that was in time when it came is judged by then: it may be asked after for as long as anybody likes.
function refuseHindered(
  order: Order,
  { audiences }: BankSystem,
  ground: OrderGround & { readonly before: string | null },
): void {
  const { stationId, now, today, newestDay, newestAt, before } = ground;
  const meant = [stationId, ...audiences];
  const clock =
    before === null ? { now, newestKnown: newestDay, newestAt } : { now: before, newestKnown: null, newestAt: null };
  const moment = { ...clock, today, audiences: meant };
  const [code] = orderHindrances(order, moment);
  if (code !== undefined) throw new Failure(code);
}

// No case could ever carry it, and it would wait until it expires with nobody told: its bank hears at once what to send anew.
function refuseUnplaceable({ purpose, customer }: Order, { today }: OrderGround): void {
  if (purpose !== null && !(purposes as readonly string[]).includes(purpose))
    throw new Failure('order.malformed', { field: 'purpose' });
  if (customer !== null && !mayNameSomebody(customer, today))
    throw new Failure('order.malformed', { field: 'customer' });
}

function instantOf(time: number): string {
  return new Date(time * 1000).toISOString().replace('.000Z', 'Z');
}

const orderMembers = ['text', 'amount', 'reference', 'purpose', 'customer'] as const;
/** What is told of an order that is not as it should be: its claims and the members of `order`. */
export const claimNames = [
  'iss',
  'aud',
  'jti',
  'iat',
  'nbf',
  'exp',
  'nonce',
  'order',
  'asks',
  ...orderMembers,
] as const;

function malformed(issue: v.BaseIssue<unknown>): Failure {
  const field = fieldOf(issue);
  return new Failure('order.malformed', issue.expected === 'never' ? { field, reason: 'another member' } : { field });
}

// A name that the message made up is not handed on.
function fieldOf(issue: v.BaseIssue<unknown>): string | null {
  const [claim, member] = v.getDotPath(issue)?.split('.') ?? [];
  const ofOrder = claim === 'order' ? orderMembers.find((known) => known === member) : undefined;
  return ofOrder ?? claimNames.slice(0, -orderMembers.length).find((known) => known === claim) ?? null;
}

/** What the bank calls what an order has under another name. */
const claimOf: ReadonlyMap<unknown, string> = new Map([
  ['id', 'jti'],
  ['issuer', 'iss'],
  ['audience', 'aud'],
  ['issuedAt', 'iat'],
  ['expiresAt', 'exp'],
]);

// As `parseOrder`, with the field by the name of the claim.
function orderOf(parts: object): Order {
  try {
    return parseOrder(parts);
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    const { field = null } = fields;
    throw new Failure(code, { ...fields, field: claimOf.get(field) ?? field }, thrown);
  }
}
