import {
  type BaseBlock,
  BaseStringBlock,
  BmpString,
  fromBER,
  GeneralizedTime,
  Integer,
  OctetString,
  UniversalString,
  UTCTime,
  Utf8String,
} from 'asn1js';
import type { RelativeDistinguishedNames } from 'pkijs';
import { toHex } from '../../result/bytes.ts';

/*
 * The second hand: asn1js 4 takes bytes apart. Its own bounds are those of what it is given; parseEmbedded would read inside
 * of OCTET STRINGs, and count its nodes twice.
 */

/** That the second hand could not read what it was given; nothing follows from that. */
export class NotReadTwice extends Error {}

/** Reads one object and nothing after it. Fails with `NotReadTwice`: asn1js reports its own failures by an offset of -1. */
export function readAsn1(bytes: Uint8Array, maxNodes: number): BaseBlock {
  const { offset, result } = fromBER(new Uint8Array(bytes), { maxNodes, maxDepth: 100, parseEmbedded: false });
  if (offset === -1) throw new NotReadTwice(result.error);
  return result;
}

/** The parts of a constructed object; none of a primitive one. */
export function parts(node: BaseBlock | undefined): readonly BaseBlock[] {
  const value = (node as { readonly valueBlock?: { readonly value?: unknown } } | undefined)?.valueBlock?.value;
  return Array.isArray(value) ? value : [];
}

/** The contents of an object as asn1js holds them, lower-case hex. */
export function hexOf(node: unknown): string | undefined {
  const view = (node as { readonly valueBlock?: { readonly valueHexView?: Uint8Array } } | undefined)?.valueBlock
    ?.valueHexView;
  return view === undefined ? undefined : toHex(new Uint8Array(view));
}

/** The bytes of an OCTET STRING, its pieces put together; undefined where it is none. */
export function octetsOf(node: unknown): Uint8Array | undefined {
  return node instanceof OctetString ? new Uint8Array(node.getValue()) : undefined;
}

/** A whole number; undefined where the node is none. */
export function numberOf(node: unknown): bigint | undefined {
  if (!(node instanceof Integer)) return undefined;
  const hex = hexOf(node) ?? '';
  if (hex === '') return undefined;
  return BigInt.asIntN(hex.length * 4, BigInt(`0x${hex}`));
}

// With an offset, without seconds, with a leap second and in the first century asn1js takes the wrong day; written as RFC 5280
// §4.1.2.5 demands, it does not.
const inUtc = /^(?:\d{10}|(?!00)\d{12})[0-5]\dZ$/;

/** Whether the node is a time, however it is written. asn1js has GeneralizedTime as a kind of UTCTime. */
export function isTime(node: unknown): node is UTCTime | GeneralizedTime {
  return node instanceof UTCTime || node instanceof GeneralizedTime;
}

/** Object identifiers in one text, sorted; undefined where one is among them that the second hand cannot write as numbers. */
export function identifiersOf(identifiers: readonly string[]): string | undefined {
  return identifiers.every(isWritten) ? identifiers.toSorted().join(' ') : undefined;
}

// An arc above 2^53 stands in braces, in hexadecimal digits.
function isWritten(identifier: string): boolean {
  return !identifier.includes('{');
}

/** The day in UTC of a time; undefined where the second hand cannot tell. */
export function dayOfTime(node: unknown): string | undefined {
  if (!isTime(node)) return undefined;
  if (!inUtc.test(latin1.decode(new Uint8Array(node.valueBlock.valueHexView)))) return undefined;
  const date = node.toDate();
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
}

const latin1 = new TextDecoder('latin1');

/** A name in the one form in which names are compared; undefined where a value of it is no string. */
export function nameKey({ typesAndValues }: RelativeDistinguishedNames): string | undefined {
  const pairs = typesAndValues.map(({ type, value }) => {
    const text = textOf(value);
    return text === undefined || !isWritten(type) ? undefined : `${type}=${normalised(text)}`;
  });
  return pairs.includes(undefined) ? undefined : JSON.stringify(pairs.sort());
}

/**
 * The text of a string of a name; undefined where it is none (to asn1js a time is one), and where it holds characters that its type does not: how
 * those are meant nobody says, and every hand makes something else of them.
 */
export function textOf(value: unknown): string | undefined {
  if (!(value instanceof BaseStringBlock) || isTime(value)) return undefined;
  const text: unknown = value.valueBlock.value;
  const plain = !anyCharacter.some((type) => value instanceof type);
  if (value instanceof Utf8String && !isUtf8(value.valueBlock.valueHexView)) return undefined;
  return typeof text === 'string' && !(plain && /[^ -~]/.test(text)) ? text : undefined;
}

// What is none asn1js takes for Latin letters, in silence.
function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(new Uint8Array(bytes));
    return true;
  } catch {
    return false;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

const anyCharacter = [Utf8String, BmpString, UniversalString] as const;

function normalised(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
