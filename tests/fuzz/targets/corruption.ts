import { concat } from '../../../main/result/bytes.ts';
import type { ChipProfile, ElementaryFile } from '../../../main/simulator/chip/chip-profile.ts';
import type { AnswerHooks } from '../../../main/simulator/faults/fault-hooks.ts';
import { SeededRandom } from '../random.ts';
import type { Change } from './scenario.ts';

const statusWords = [
  0x6100, 0x6110, 0x61ff, 0x6282, 0x6300, 0x63c1, 0x6700, 0x6981, 0x6982, 0x6985, 0x6987, 0x6988,
].concat([
  0x6a80, 0x6a82, 0x6a86, 0x6a88, 0x6b00, 0x6c00, 0x6c10, 0x6d00, 0x6e00, 0x6f00, 0x6fff, 0x9000, 0x0000, 0xffff,
]);

const word = (status: number): Uint8Array => Uint8Array.of(status >> 8, status & 0xff);
const done = 0x9000;

function touched(kind: Change['kind'], data: Uint8Array, random: SeededRandom): Uint8Array {
  const at = random.below(data.length);
  switch (kind) {
    case 'flip':
      return data.map((byte, index) => (index === at ? byte ^ (1 << random.below(8)) : byte));
    case 'truncate':
      return data.subarray(0, at);
    case 'extend':
      return concat(data, random.bytes(1 + random.below(300)));
    case 'random':
      return random.bytes(random.below(300));
    case 'length':
      return data.map((byte, index) => (index > 0 && index < 4 ? random.below(256) : byte));
    default:
      return data;
  }
}

function isOn({ at, times }: Change, count: number): boolean {
  return count >= at && count < at + times;
}

/** Changes answers on the wire; null: the chip is gone. `count` is the exchange from 1. */
export class WireCorruption {
  readonly #changes: readonly Change[];
  #before: Uint8Array = word(done);

  constructor(changes: readonly Change[]) {
    this.#changes = changes.filter(({ layer }) => layer === 'wire');
  }

  change(answer: Uint8Array | null, count: number): Uint8Array | null {
    const before = this.#before;
    this.#before = answer ?? before;
    return this.#changes
      .filter((change) => isOn(change, count))
      .reduce<Uint8Array | null>((bytes, change) => (bytes === null ? null : onWire(change, bytes, before)), answer);
  }
}

function onWire({ kind, value, at }: Change, answer: Uint8Array, before: Uint8Array): Uint8Array | null {
  const random = new SeededRandom(value, at);
  const data = answer.subarray(0, -2);
  switch (kind) {
    case 'status':
      return concat(data, word(random.pick(statusWords)));
    case 'status-only':
      return word(random.pick(statusWords));
    case 'more-waiting':
      return concat(data, word(0x6100 | random.below(256)));
    case 'drip':
      return concat(data.subarray(0, 1), word(0x6101));
    case 'other-length':
      return word(0x6c00 | random.below(256));
    case 'empty':
      return word(done);
    case 'nothing':
      return new Uint8Array();
    case 'plain':
      return concat(random.bytes(random.below(250)), word(done));
    case 'again':
      return before;
    case 'long':
      return concat(new Uint8Array(70_000).fill(0x87), word(done));
    case 'leave':
      return null;
    default:
      return touched(kind, answer, random);
  }
}

/** Changes answers before they are protected. */
export function innerCorruption(changes: readonly Change[]): AnswerHooks {
  const inner = changes.filter(({ layer }) => layer === 'inner');
  let count = 0;
  let before = { data: new Uint8Array() as Uint8Array, status: done };
  return {
    answer: (response) => {
      count++;
      const earlier = before;
      before = response;
      return inner
        .filter((change) => isOn(change, count))
        .reduce((made, { kind, value, at }) => {
          const random = new SeededRandom(value, at);
          if (kind === 'status') return { data: made.data, status: random.pick(statusWords) };
          if (kind === 'status-only') return { data: new Uint8Array(), status: random.pick(statusWords) };
          if (kind === 'drip') return { data: made.data.subarray(0, 1), status: 0x6101 };
          if (kind === 'other-length') return { data: new Uint8Array(), status: 0x6c00 | random.below(256) };
          if (kind === 'again') return earlier;
          return { data: touched(kind, made.data, random), status: made.status };
        }, response);
    },
  };
}

/** The chip with some of its files changed, each after everything was signed. */
export function corruptFiles(profile: ChipProfile, changes: readonly Change[]): ChipProfile {
  const [application] = profile.applications;
  const all = [...profile.masterFile, ...(application?.files ?? [])];
  const changed = new Map(all.map((file) => [file, file as ElementaryFile | null]));
  for (const { layer, kind, at, value } of changes) {
    const file = all[at % Math.max(1, all.length)];
    if (layer !== 'file' || file === undefined) continue;
    const contents = touched(kind, file.contents, new SeededRandom(value, at));
    changed.set(file, kind === 'missing' ? null : { ...file, contents });
  }
  const kept = (files: readonly ElementaryFile[]): ElementaryFile[] => files.flatMap((file) => changed.get(file) ?? []);
  return {
    ...profile,
    masterFile: kept(profile.masterFile),
    applications: profile.applications.map((one) => (one === application ? { ...one, files: kept(one.files) } : one)),
  };
}
