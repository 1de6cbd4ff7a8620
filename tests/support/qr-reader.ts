/*
 * Reads a QR code of error correction level L from its modules, by ISO/IEC 18004:2015 alone: format information (§7.9), mask (§7.8),
 * placement (§7.7), blocks (§7.5, table 9), every block's Reed-Solomon syndromes, and the bit stream (§7.4). Nothing is corrected: a
 * module that is wrong is an error.
 */

type Modules = readonly (readonly boolean[])[];

/** The modules of a picture of ours: dark squares as a path of SVG, within a quiet zone of four. */
export function modulesIn(path: string): Modules {
  const rows = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)].map((found) => found.slice(1).map(Number));
  if (rows.map(([x, y, width]) => `M${x} ${y}h${width}v1h-${width}z`).join('') !== path)
    throw new Error('no such path');
  const size = Math.max(...rows.map(([x = 0, , width = 0]) => x + width)) - 4;
  const modules = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  for (const [x = 0, y = 0, width = 0] of rows) modules[y - 4]?.fill(true, x - 4, x - 4 + width);
  return modules;
}

// Table 9 for level L: codewords of error correction in each block, and how many blocks there are; by version, from 1.
const correctionL = [
  7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30,
  30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
];
const blocksL = [
  1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19,
  20, 21, 22, 24, 25,
];

/** The text of a code, and its version. Throws where anything is not as the standard says. */
export function readCode(modules: Modules): { readonly version: number; readonly text: string } {
  const size = modules.length;
  const version = (size - 17) / 4;
  if (!Number.isInteger(version) || version < 1 || version > 40) throw new Error('no version');
  const at = (x: number, y: number): boolean => modules[y]?.[x] ?? false;
  const mask = maskOf(at, size);
  const codewords = codewordsOf(size, version, (x, y) => at(x, y) !== mask(x, y));
  return { version, text: textIn(dataOf(codewords, version), version) };
}

// §7.9.1: fifteen bits, BCH (15,5), under a mask of their own; twice, around the finders.
function maskOf(at: (x: number, y: number) => boolean, size: number): (x: number, y: number) => boolean {
  const first = [0, 1, 2, 3, 4, 5, 7, 8].map((x) => at(x, 8)).concat([7, 5, 4, 3, 2, 1, 0].map((y) => at(8, y)));
  const below = [1, 2, 3, 4, 5, 6, 7].map((back) => at(8, size - back));
  const beside = [8, 7, 6, 5, 4, 3, 2, 1].map((back) => at(size - back, 8));
  const second = [...below, ...beside];
  if (first.join() !== second.join()) throw new Error('two formats');
  const format = first.reduce((bits, bit) => bits * 2 + Number(bit), 0) ^ 0b101010000010010;
  let rest = format;
  for (let bit = 14; bit >= 10; bit--) if ((rest >> bit) & 1) rest ^= 0b10100110111 << (bit - 10);
  if (rest !== 0) throw new Error('format');
  if (format >> 13 !== 0b01) throw new Error('not level L');
  const masks: readonly ((x: number, y: number) => boolean)[] = [
    (x, y) => (x + y) % 2 === 0,
    (_, y) => y % 2 === 0,
    (x) => x % 3 === 0,
    (x, y) => (x + y) % 3 === 0,
    (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
    (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
    (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
    (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
  ];
  return masks[(format >> 10) & 7] ?? (() => false);
}

// Annex E: where the centres of the alignment patterns lie.
function alignments(version: number, size: number): readonly number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : Math.ceil((size - 13) / (2 * count - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, index) => size - 7 - step * (count - 2 - index))];
}

function isFunction(x: number, y: number, version: number, size: number): boolean {
  const nearTop = y <= 8;
  if (x === 6 || y === 6) return true;
  if ((x <= 8 && nearTop) || (x >= size - 8 && nearTop) || (x <= 8 && y >= size - 8)) return true;
  if (version >= 7 && ((x >= size - 11 && y <= 5) || (y >= size - 11 && x <= 5))) return true;
  const centres = alignments(version, size);
  const last = centres.at(-1);
  return centres.some((cx) =>
    centres.some((cy) => {
      const inFinder = (cx === 6 && (cy === 6 || cy === last)) || (cy === 6 && cx === last);
      return !inFinder && Math.abs(x - cx) <= 2 && Math.abs(y - cy) <= 2;
    }),
  );
}

// §7.7.3: two columns at a time, upwards and downwards in turn, from the right; the column of the timing pattern is passed over.
function codewordsOf(size: number, version: number, bitAt: (x: number, y: number) => boolean): readonly number[] {
  const bits: boolean[] = [];
  let upward = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) if (!isFunction(x, y, version, size)) bits.push(bitAt(x, y));
    }
    upward = !upward;
  }
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((byte, bit) => byte * 2 + Number(bit), 0),
  );
}

// §7.6: the codewords of the blocks lie interleaved, data first; the later blocks may have one more of them.
function dataOf(codewords: readonly number[], version: number): readonly number[] {
  const correction = correctionL[version - 1] ?? 0;
  const count = blocksL[version - 1] ?? 0;
  const short = Math.floor(codewords.length / count) - correction;
  const longer = codewords.length % count;
  const blocks = Array.from(
    { length: count },
    (_, index) => new Array<number>(short + Number(index >= count - longer)),
  );
  let next = 0;
  for (let place = 0; place <= short; place++)
    for (const block of blocks) if (place < block.length) block[place] = codewords[next++] ?? 0;
  const checked = blocks.map((block) => [...block]);
  for (let place = 0; place < correction; place++) for (const block of checked) block.push(codewords[next++] ?? 0);
  for (const block of checked) refuseWrong(block, correction);
  return blocks.flat();
}

// GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1: every syndrome of a block that is right is zero.
function refuseWrong(block: readonly number[], correction: number): void {
  for (let root = 0; root < correction; root++) {
    let sum = 0;
    for (const word of block) sum = times(sum, power(root)) ^ word;
    if (sum !== 0) throw new Error('a block is wrong');
  }
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

function power(exponent: number): number {
  let value = 1;
  for (let step = 0; step < exponent; step++) value = times(value, 2);
  return value;
}

const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

// §7.4: segments, each with its mode and how many characters it has, up to the terminator.
function textIn(data: readonly number[], version: number): string {
  let at = 0;
  const take = (count: number): number => {
    let value = 0;
    for (let bit = 0; bit < count; bit++, at++) value = value * 2 + (((data[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  const wide = version < 10 ? 0 : version < 27 ? 1 : 2;
  let text = '';
  while (at + 4 <= data.length * 8) {
    const mode = take(4);
    if (mode === 0) return text;
    if (mode === 7) take(8);
    else if (mode === 4) {
      const bytes = Array.from({ length: take(wide === 0 ? 8 : 16) }, (_, index) => index).map(() => take(8));
      text += new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes));
    } else if (mode === 2) {
      let left = take([9, 11, 13][wide] ?? 0);
      for (; left > 1; left -= 2) {
        const pair = take(11);
        text += `${alphanumeric[Math.floor(pair / 45)]}${alphanumeric[pair % 45]}`;
      }
      if (left === 1) text += alphanumeric[take(6)];
    } else if (mode === 1) {
      let left = take([10, 12, 14][wide] ?? 0);
      for (; left > 0; left -= 3)
        text += String(take([0, 4, 7, 10][Math.min(left, 3)] ?? 0)).padStart(Math.min(left, 3), '0');
    } else throw new Error(`mode ${mode}`);
  }
  return text;
}
