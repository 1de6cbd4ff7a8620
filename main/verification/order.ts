import * as v from 'valibot';
import { digest } from '../crypto/hash.ts';
import { longest } from '../result/bounds.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { isDigitalIdCard } from '../result/digital-id-card.ts';
import { Failure } from '../result/failure.ts';
import { hasHiddenCharacters } from '../result/hidden-characters.ts';
import { isBefore, isInstant } from '../result/instant.ts';
import { readStrictJson } from '../result/strict-json.ts';
import { minorDigitsOf } from './currencies.ts';

/** A sum of money: an exact decimal number with a point (`1234.50`), never a float, and a currency of ISO 4217. */
export interface OrderAmount {
  readonly value: string;
  readonly currency: string;
}

/**
 * What a person is to confirm. Who asked (`issuer`) and `id` name it together; it is confirmed once. Two orders are the same
 * where every field is: `orderHash`.
 */
export interface Order {
  readonly schema: 'styrk-order';
  readonly version: 1;
  readonly id: string;
  readonly issuer: string;
  /** For whom it is meant, where it is not for every station. */
  readonly audience: string | null;
  /** What is asked, in the words that the person reads. */
  readonly text: string;
  readonly amount: OrderAmount | null;
  readonly reference: string | null;
  /** The purpose that it is for, by its id, where it is for one alone. */
  readonly purpose: string | null;
  /** The customer's number, or the station's or the bank's own id of the customer. */
  readonly customer: string | null;
  /** Of whoever asks, given back with the answer. */
  readonly nonce: string | null;
  /** Instants, ISO 8601 with `Z`. */
  readonly issuedAt: string | null;
  readonly expiresAt: string | null;
}

/** The longest order, in characters of its JSON, and the longest of its texts. */
export const orderBounds = {
  json: 16_384,
  id: 100,
  issuer: longest.orderIssuer,
  audience: 200,
  text: longest.orderText,
  lines: 20,
  reference: longest.orderReference,
} as const;

const amountForm = /^(?:0|[1-9]\d{0,14})(?:\.(\d{1,4}))?$/;

// What is not seen is refused and not left away: the bank's hash is over what it sent (`order.characters`).
const seen = (most: number, lines = false) =>
  v.pipe(
    v.string(),
    v.nonEmpty(),
    v.maxLength(most),
    v.check((text) => !hasHiddenCharacters(text, { lines }), 'characters'),
    // One writing for one text (NFC), and nothing but space shows nothing.
    v.check((text) => text.normalize('NFC') === text && text.trim() === text, 'writing'),
  );
const token = (most: number) => v.pipe(v.string(), v.maxLength(most), v.regex(/^[\x21-\x7e]+$/));
const instant = v.pipe(v.string(), v.check(isInstant));
const maybe = <const Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.nullable(schema), null);

const amountSchema = v.pipe(
  v.strictObject({ value: v.pipe(v.string(), v.regex(amountForm)), currency: v.string() }),
  v.check(({ value, currency }) => {
    const minor = minorDigitsOf(currency);
    const digits = amountForm.exec(value)?.[1]?.length ?? 0;
    return minor !== null && digits <= minor && /[1-9]/.test(value);
  }),
);

/** The form of an order wherever one crosses a border. A field that may be null may be left out. */
export const orderSchema = v.pipe(
  v.strictObject({
    schema: v.literal('styrk-order'),
    version: v.literal(1),
    id: token(orderBounds.id),
    issuer: seen(orderBounds.issuer),
    audience: maybe(seen(orderBounds.audience)),
    text: v.pipe(
      seen(orderBounds.text, true),
      v.check((text) => text.split('\n').length <= orderBounds.lines),
    ),
    amount: maybe(amountSchema),
    reference: maybe(seen(orderBounds.reference)),
    purpose: maybe(v.pipe(v.string(), v.maxLength(40), v.regex(/^[a-z][a-z-]*$/))),
    customer: maybe(token(64)),
    nonce: maybe(token(128)),
    issuedAt: maybe(instant),
    expiresAt: maybe(instant),
  }),
  v.forward(
    v.check(({ issuedAt, expiresAt }) => issuedAt === null || expiresAt === null || isBefore(issuedAt, expiresAt)),
    ['expiresAt'],
  ),
);

/**
 * The order that `input` is: its JSON as text or bytes (UTF-8), or the parsed value. Fails with `order.too-large`, with
 * `order.characters` where a text holds what a person does not see, and with `order.malformed`; `field` names the first
 * field that is wrong, never what stands in it. The code of a digital identity card is `bankid-card.recognised`.
 */
export function parseOrder(input: unknown): Order {
  const parsed = v.safeParse(orderSchema, isJson(input) ? parseJson(input) : input, { abortPipeEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue)?.split('.').at(0) ?? null;
  const known = field !== null && Object.hasOwn(orderSchema.pipe[0].entries, field) ? field : null;
  throw new Failure(issue.message === 'characters' ? 'order.characters' : 'order.malformed', { field: known });
}

const isJson = (input: unknown): input is string | Uint8Array =>
  typeof input === 'string' || input instanceof Uint8Array;

function parseJson(input: string | Uint8Array): unknown {
  if (input.length > orderBounds.json) throw new Failure('order.too-large', { limit: orderBounds.json });
  try {
    const text = typeof input === 'string' ? input : new TextDecoder('utf-8', { fatal: true }).decode(input);
    if (isDigitalIdCard(text)) throw new Failure('bankid-card.recognised');
    // What is no character at all would be read as another one.
    if (!text.isWellFormed()) throw new Failure('order.characters', { field: null });
    // Of two members of one name each reader would show another to the person (RFC 8259 §4).
    const read = readStrictJson(new TextEncoder().encode(text));
    if ('refused' in read) throw new Failure('order.malformed', { field: null });
    return read.value;
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown : new Failure('order.malformed', { field: null }, thrown);
  }
}

/** SHA-256 over the canonical JSON (RFC 8785) of the whole order, fields that are null among it: 32 bytes. */
export function orderHash(order: Order): Uint8Array {
  return digest('SHA-256', canonicalBytes(order));
}

/** A name in an order as it is compared: written one way or another an issuer is the same one to people. */
export function comparable(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
