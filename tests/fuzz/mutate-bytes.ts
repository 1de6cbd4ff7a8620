import { decodeTlv, encodeTlv, type Tlv } from '../../main/document/tlv.ts';
import { concat } from '../../main/result/bytes.ts';
import type { SeededRandom } from './random.ts';

/** Bytes that mean something in lengths, tags, counts and texts. */
const telling = [0x00, 0x01, 0x02, 0x04, 0x0a, 0x1f, 0x20, 0x22, 0x30, 0x31, 0x3b, 0x3c, 0x7f, 0x80, 0x81, 0x82, 0x83];
const tellingTags = [0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x17, 0x18, 0x24, 0x30, 0x31, 0x80, 0xa0, 0xa1, 0x5f2e];
const maximumTimes = 3_000;

function place(random: SeededRandom, bytes: Uint8Array): readonly [number, number] {
  const from = random.below(bytes.length + 1);
  const length = random.chance(4) ? random.below(bytes.length - from + 1) : random.below(9);
  return [from, Math.min(bytes.length, from + length)];
}

type ByteMutation = (random: SeededRandom, bytes: Uint8Array, other: Uint8Array) => Uint8Array;

const replaced = (bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? change(byte) : byte));

const byteMutations: readonly ByteMutation[] = [
  (random, bytes) => replaced(bytes, random.below(bytes.length), (byte) => byte ^ (1 << random.below(8))),
  (random, bytes) => replaced(bytes, random.below(bytes.length), () => random.pick([...telling, 0xff, 0xfe])),
  (random, bytes) => replaced(bytes, random.below(bytes.length), () => random.below(256)),
  (random, bytes) => replaced(bytes, random.below(bytes.length), (byte) => byte + 1 - 2 * random.below(2)),
  (random, bytes) => {
    const [from, to] = place(random, bytes);
    return concat(bytes.subarray(0, from), bytes.subarray(to));
  },
  (random, bytes) => {
    const [from, to] = place(random, bytes);
    return concat(bytes.subarray(0, to), bytes.subarray(from));
  },
  (random, bytes) => {
    const at = random.below(bytes.length + 1);
    return concat(bytes.subarray(0, at), random.bytes(1 + random.below(8)), bytes.subarray(at));
  },
  (random, bytes) => bytes.subarray(0, random.below(bytes.length + 1)),
  (random, bytes, other) => {
    const [from, to] = place(random, other);
    const at = random.below(bytes.length + 1);
    return concat(bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at));
  },
  (random, bytes, other) => {
    const [from, to] = place(random, other);
    const at = random.below(bytes.length + 1);
    return concat(bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at + to - from));
  },
];

interface Node {
  tag: number;
  value: Uint8Array;
  children: Node[];
}

function nodeOf({ tag, value, children }: Tlv): Node {
  return { tag, value, children: children.map(nodeOf) };
}

function bytesOf({ tag, value, children }: Node): Uint8Array {
  return children.length === 0 ? encodeTlv(tag, value) : encodeTlv(tag, ...children.map(bytesOf));
}

function parents(node: Node): Node[] {
  return node.children.length === 0 ? [] : [node, ...node.children.flatMap(parents)];
}

type NodeMutation = (random: SeededRandom, parent: Node, at: number, child: Node) => void;

const nodeMutations: readonly NodeMutation[] = [
  (_random, parent, at) => void parent.children.splice(at, 1),
  (_random, parent, at, child) => void parent.children.splice(at, 0, child),
  (random, parent, at, child) => {
    const times = random.chance(8) ? random.below(maximumTimes) : random.below(20);
    parent.children.splice(at, 0, ...Array<Node>(times).fill(child));
  },
  (random, parent, at, child) => {
    const to = random.below(parent.children.length);
    parent.children.splice(at, 1, parent.children[to] ?? child);
    parent.children[to] = child;
  },
  (random, _parent, _at, child) => {
    child.tag = random.pick(tellingTags);
  },
  (random, _parent, _at, child) => {
    child.children = [];
    child.value = random.bytes(random.chance(10) ? random.below(2_000) : random.below(12));
  },
  (random, _parent, _at, child) => {
    child.children = [];
    child.value = new Uint8Array(random.pick([0, 1, 8, 128, 1_024])).fill(random.pick([0x00, 0xff, 0x80, 0x7f]));
  },
  (random, _parent, _at, child) => {
    const [mutation] = [random.pick(byteMutations)];
    if (child.children.length === 0 && child.value.length > 0) child.value = mutation(random, child.value, child.value);
  },
  (random, parent, at, child) => {
    let wrapped = child;
    for (let depth = random.below(24); depth > 0; depth--)
      wrapped = { tag: 0x30, value: new Uint8Array(), children: [wrapped] };
    parent.children[at] = wrapped;
  },
];

// Lengths around the change are made right again: what is behind them is reached.
function mutateTree(random: SeededRandom, bytes: Uint8Array, other: Uint8Array): Uint8Array | null {
  try {
    const root = nodeOf(decodeTlv(bytes));
    const parent = random.pick([root, ...parents(root)]);
    const at = random.below(parent.children.length);
    const child = parent.children[at];
    if (child === undefined) return null;
    if (random.chance(10)) {
      const donors = parents(nodeOf(decodeTlv(other)));
      const donor = random.pick(donors.length > 0 ? donors : [child]);
      parent.children[at] = donor;
    } else random.pick(nodeMutations)(random, parent, at, child);
    return bytesOf(root);
  } catch {
    return null;
  }
}

/** Some bytes changed; half the time object by object where the input is TLV. */
export function mutateBytes(random: SeededRandom, input: Uint8Array, other: Uint8Array): Uint8Array {
  let bytes = input;
  for (let change = random.below(4); change >= 0; change--) {
    const tree = random.chance(2) ? mutateTree(random, bytes, other) : null;
    bytes = tree ?? random.pick(byteMutations)(random, bytes.length === 0 ? Uint8Array.of(0x30) : bytes, other);
  }
  return bytes;
}

const words = ['\n', '\r\n', '"', ';', ',', '<', '<<', '=', '\0', '\t', 'ÅÄÖ', '\u{1f600}', '﻿', '99', '000', ':', '://']
  .concat(['-----BEGIN CERTIFICATE-----', '::', '# ', 'dn: ', '__proto__'])
  .map((word) => new TextEncoder().encode(word));

/** As `mutateBytes`, with the words of text formats. */
export function mutateText(random: SeededRandom, input: Uint8Array, other: Uint8Array): Uint8Array {
  if (random.chance(2))
    return random.pick(byteMutations)(random, input.length === 0 ? Uint8Array.of(0x20) : input, other);
  const at = random.below(input.length + 1);
  const times = random.chance(20) ? random.below(2_000) : 1;
  const word = random.pick(words);
  return concat(input.subarray(0, at), ...Array<Uint8Array>(times).fill(word), input.subarray(at + random.below(3)));
}
