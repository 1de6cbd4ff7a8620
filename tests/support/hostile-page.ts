import type { CallSender, RawCall } from '../../main/station/call-gate.ts';
import { appOrigin } from '../../main/station/page-origin.ts';
import { methods } from '../../preload/contract.ts';
import type { SeededRandom } from '../fuzz/random.ts';

/*
 * A page that was taken over. It sends what structured clone lets through: calls that are nearly right (made after the contract's
 * own schemas and then changed), of every type and size, from every frame, in every order. Each text of its own bears a mark, so
 * that a test finds it where it must not be.
 */

export const mark = 'M4RK';

const ours: CallSender = { url: `${appOrigin}/index.html`, mainFrame: true };
const senders: readonly (CallSender | null)[] = [
  null,
  { ...ours, mainFrame: false },
  { url: 'https://elsewhere.invalid/index.html', mainFrame: true },
  { url: `${appOrigin}.elsewhere.invalid/index.html`, mainFrame: true },
  { url: 'styrk://other/index.html', mainFrame: true },
  { url: 'about:blank', mainFrame: true },
  { url: 'not an address', mainFrame: true },
];
/** Words that lead deep into the desk. */
const words = ['asa', 'se-passport', 'forged-photo', 'se-id-card', 'AB', '1985-03-02', '482913', 'record', 'ï', ''];

/** One call, and whether our own page's main frame sends it. */
export interface HostileCall extends RawCall {
  readonly ours: boolean;
}

/** The next call. */
export function hostileCall(random: SeededRandom): HostileCall {
  const method = random.pick(Object.keys(methods) as (keyof typeof methods)[]);
  const own = !random.chance(8);
  const raw: unknown[] = methods[method].args.items.map((schema: unknown) => near(random, schema as Schema));
  if (random.chance(12)) raw.push(anything(random, 0));
  if (random.chance(12)) raw.pop();
  // What crosses between processes is cloned: prototypes and functions stay behind.
  return { method, sender: own ? ours : random.pick(senders), raw: structuredClone(raw), ours: own };
}

/** A schema as it describes itself; only what the contract uses. */
interface Schema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly items?: readonly Schema[];
  readonly item?: Schema;
  readonly options?: readonly unknown[];
  readonly wrapped?: Schema;
  readonly literal?: unknown;
}

function near(random: SeededRandom, schema: Schema): unknown {
  if (random.chance(10)) return anything(random, 0);
  switch (schema.type) {
    case 'string':
      return word(random);
    case 'number':
      return random.pick([0, 1, 7, 15, 18, 200, random.below(1000)]);
    case 'boolean':
      return random.chance(2);
    case 'picklist':
      return random.pick(schema.options ?? []);
    case 'literal':
      return schema.literal;
    case 'nullable':
    case 'optional':
      return random.chance(3) ? null : near(random, schema.wrapped ?? { type: 'string' });
    case 'array':
      return Array.from({ length: random.below(4) }, () => near(random, schema.item ?? { type: 'string' }));
    case 'tuple':
      return (schema.items ?? []).map((item) => near(random, item));
    case 'union':
    case 'variant':
      return near(random, random.pick((schema.options ?? []) as readonly Schema[]));
    case 'object':
    case 'strict_object':
      return withMore(
        random,
        Object.entries(schema.entries ?? {}).map(([name, entry]) => [name, near(random, entry)] as const),
      );
    default:
      return anything(random, 0);
  }
}

function word(random: SeededRandom): string {
  if (random.chance(2)) return random.pick(words);
  const odd = ['\u0000', '\ud800', '\u202e', '<script>', '../../', "' OR 1=1 --", '%00', '\n', '𝕏'];
  return `${mark}${random.pick(odd)}${'x'.repeat(random.chance(40) ? 200_000 : random.below(30))}`;
}

const polluting = ['__proto__', 'constructor', 'prototype', 'toString', 'then', 'toJSON', 'valueOf', 'length'];

function withMore(random: SeededRandom, entries: readonly (readonly [string, unknown])[]): object {
  const made = Object.fromEntries(entries);
  if (random.chance(4)) own(made, random.pick(polluting), random.pick([{ polluted: mark }, mark, 1, null]));
  if (random.chance(12)) delete made[random.pick(Object.keys(made).concat(''))];
  return made;
}

function anything(random: SeededRandom, depth: number): unknown {
  const inner = (): unknown => (depth > 3 ? null : anything(random, depth + 1));
  const made: readonly (() => unknown)[] = [
    () => null,
    () => undefined,
    () => Number.NaN,
    () => Number.NEGATIVE_INFINITY,
    () => -0,
    () => 2 ** 53,
    () => 10n ** 30n,
    () => word(random),
    () => `${mark}${'y'.repeat(1_000_000)}`,
    () => new Uint8Array(random.below(70_000)),
    () => new Date(Number.NaN),
    () => new Map([[inner(), inner()]]),
    () => new Set([inner()]),
    () => /(a+)+$/,
    () => new Error(mark),
    () => Array.from({ length: random.below(6) }, inner),
    () => new Array(1_000_000),
    () => withMore(random, [[random.pick(polluting), inner()]]),
    () => nested(random.pick([10, 2_000])),
    () => circle(),
    () => Object(word(random)),
  ];
  return random.pick(made)();
}

// As JSON.parse and structured clone make it: a member of that name, not the prototype.
function own(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function nested(depth: number): unknown {
  let value: unknown = mark;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { value };
  return value;
}

function circle(): object {
  const round: { self?: object } = {};
  round.self = round;
  return round;
}
