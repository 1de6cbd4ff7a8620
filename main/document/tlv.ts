import { concat } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';

/** One BER-TLV data object (ISO/IEC 7816-4 §5.2.2, X.690 §8.1). All arrays are views of the decoded bytes, not copies. */
export interface Tlv {
  /** All tag bytes as one number: `0x5f1f`. */
  readonly tag: number;
  readonly constructed: boolean;
  /** The contents; of an object of indefinite length without the end-of-contents bytes. */
  readonly value: Uint8Array;
  /** The objects in the contents of a constructed object; empty for a primitive or an opaque one. */
  readonly children: readonly Tlv[];
  /** The whole object as found. */
  readonly raw: Uint8Array;
}

export interface TlvOptions {
  /** Bytes after the one object are ignored. */
  readonly allowTrailing?: boolean;
  /** Constructed tags whose contents are left alone, for contents that are not BER-TLV. */
  readonly opaque?: readonly number[];
  /** How many objects are decoded at most, at all depths together. */
  readonly maximumNodes?: number;
}

export interface TlvHeader {
  readonly tag: number;
  readonly constructed: boolean;
  readonly headerLength: number;
  /** Length of the contents in bytes; null where it is indefinite. */
  readonly length: number | null;
}

/** How deep objects may nest: the outermost object has depth 1. */
export const maximumDepth = 16;
const defaultMaximumNodes = 10_000;
const maximumTagBytes = 4;
const maximumLengthBytes = 4;

function malformed(reason: string): Failure {
  return new Failure('tlv.malformed', { reason });
}

/**
 * Tag and length of the object that starts at `offset`. Null where more bytes are needed to tell.
 * A file's length is `headerLength + length`; where `length` is null ask `indefiniteLengthEnd`.
 * Fails with `tlv.malformed`.
 */
export function readTlvHeader(bytes: Uint8Array, offset = 0): TlvHeader | null {
  const first = bytes[offset];
  if (first === undefined) return null;
  if (first === 0x00) throw malformed('tag');
  let at = offset + 1;
  let tag = first;
  if ((first & 0x1f) === 0x1f) {
    for (let more = true; more; at++) {
      if (at - offset >= maximumTagBytes) throw malformed('tag too long');
      const next = bytes[at];
      if (next === undefined) return null;
      // X.690 §8.1.2.4.2: the first byte of a tag number is not empty.
      if (at === offset + 1 && next === 0x80) throw malformed('tag');
      tag = tag * 0x100 + next;
      more = (next & 0x80) !== 0;
    }
  }
  const constructed = (first & 0x20) !== 0;
  const initial = bytes[at];
  if (initial === undefined) return null;
  at++;
  if (initial < 0x80) return { tag, constructed, headerLength: at - offset, length: initial };
  if (initial === 0x80) {
    if (!constructed) throw malformed('indefinite length of a primitive object');
    return { tag, constructed, headerLength: at - offset, length: null };
  }
  const count = initial & 0x7f;
  if (count > maximumLengthBytes) throw malformed('length too long');
  let length = 0;
  for (let index = 0; index < count; index++, at++) {
    const next = bytes[at];
    if (next === undefined) return null;
    length = length * 0x100 + next;
  }
  return { tag, constructed, headerLength: at - offset, length };
}

/**
 * Where the first object of `bytes`, one of indefinite length, ends: its total length in bytes with its end-of-contents
 * bytes (X.690 §8.1.5). Null where the end is not in the bytes yet. Fails with `tlv.malformed`, `tlv.too-deep`, `tlv.too-many`.
 */
export function indefiniteLengthEnd(bytes: Uint8Array, maximumNodes = defaultMaximumNodes): number | null {
  let open = 0;
  let at = 0;
  for (let count = 0; count <= maximumNodes; count++) {
    if (open > 0 && bytes[at] === 0x00) {
      const second = bytes[at + 1];
      if (second === undefined) return null;
      if (second !== 0x00) throw malformed('end of contents');
      at += 2;
      open--;
    } else {
      const header = readTlvHeader(bytes, at);
      if (header === null) return null;
      at += header.headerLength + (header.length ?? 0);
      if (header.length === null) open++;
      if (open > maximumDepth) throw new Failure('tlv.too-deep');
    }
    if (open === 0) return at <= bytes.length ? at : null;
  }
  throw new Failure('tlv.too-many');
}

interface Walk {
  readonly bytes: Uint8Array;
  readonly opaque: ReadonlySet<number>;
  nodesLeft: number;
}

interface Parsed {
  readonly nodes: Tlv[];
  /** Where the contents end and where the objects after them begin. */
  readonly contentsEnd: number;
  readonly end: number;
}

// Reads objects up to `limit`, or with `indefinite` up to the end-of-contents bytes that must come before it.
function walkContents(walk: Walk, start: number, limit: number, indefinite: boolean, depth: number): Parsed {
  const nodes: Tlv[] = [];
  let at = start;
  while (at < limit) {
    if (indefinite && walk.bytes[at] === 0x00) {
      if (at + 2 > limit || walk.bytes[at + 1] !== 0x00) throw malformed('end of contents');
      return { nodes, contentsEnd: at, end: at + 2 };
    }
    const node = walkObject(walk, at, limit, depth);
    nodes.push(node);
    at += node.raw.length;
  }
  if (indefinite) throw malformed('end of contents missing');
  return { nodes, contentsEnd: at, end: at };
}

function walkObject(walk: Walk, start: number, limit: number, depth: number): Tlv {
  if (depth > maximumDepth) throw new Failure('tlv.too-deep');
  if (walk.nodesLeft === 0) throw new Failure('tlv.too-many');
  walk.nodesLeft--;
  const header = readTlvHeader(walk.bytes, start);
  if (header === null) throw malformed('truncated');
  const { tag, constructed, length } = header;
  const contents = start + header.headerLength;
  if (contents + (length ?? 0) > limit) throw malformed('truncated');
  const opaque = walk.opaque.has(tag);
  if (length !== null && (!constructed || opaque)) {
    const value = walk.bytes.subarray(contents, contents + length);
    return { tag, constructed, value, children: [], raw: walk.bytes.subarray(start, contents + length) };
  }
  const innerLimit = length === null ? limit : contents + length;
  const { nodes, contentsEnd, end } = walkContents(walk, contents, innerLimit, length === null, depth + 1);
  const value = walk.bytes.subarray(contents, contentsEnd);
  return { tag, constructed, value, children: opaque ? [] : nodes, raw: walk.bytes.subarray(start, end) };
}

function walkOver(bytes: Uint8Array, options: TlvOptions): Walk {
  return { bytes, opaque: new Set(options.opaque), nodesLeft: options.maximumNodes ?? defaultMaximumNodes };
}

/**
 * Exactly one object; bytes after it are a failure unless `allowTrailing`. Constructed objects are decoded to the bottom.
 * Time is linear in the length. Fails with `tlv.malformed`, `tlv.too-deep`, `tlv.too-many`.
 */
export function decodeTlv(bytes: Uint8Array, options: TlvOptions = {}): Tlv {
  const node = walkObject(walkOver(bytes, options), 0, bytes.length, 1);
  if (node.raw.length !== bytes.length && options.allowTrailing !== true) throw malformed('trailing bytes');
  return node;
}

/** The objects that follow each other in `bytes`, none or more. Bounds and failures as with `decodeTlv`. */
export function decodeTlvs(bytes: Uint8Array, options: TlvOptions = {}): Tlv[] {
  return walkContents(walkOver(bytes, options), 0, bytes.length, false, 1).nodes;
}

/** The first object reached by this path of tags below `node`, each the first child with its tag; null where there is none. */
export function find(node: Tlv, ...tags: readonly number[]): Tlv | null {
  let current: Tlv = node;
  for (const tag of tags) {
    const next = current.children.find((child) => child.tag === tag);
    if (next === undefined) return null;
    current = next;
  }
  return current;
}

/** All direct children with this tag, in their order. */
export function findAll(node: Tlv, tag: number): Tlv[] {
  return node.children.filter((child) => child.tag === tag);
}

/** The bytes of a number without sign, most significant first, at least one. */
function bigEndian(number: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = number; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 0x100)) bytes.unshift(rest % 0x100);
  return Uint8Array.from(bytes);
}

/** The length bytes of DER (X.690 §10.1): the shortest form. */
export function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const digits = bigEndian(length);
  return concat(Uint8Array.of(0x80 | digits.length), digits);
}

/** One object with a DER length; its contents are the values one after the other. */
export function encodeTlv(tag: number, ...values: readonly Uint8Array[]): Uint8Array {
  const length = values.reduce((sum, value) => sum + value.length, 0);
  return concat(bigEndian(tag), encodeLength(length), ...values);
}
