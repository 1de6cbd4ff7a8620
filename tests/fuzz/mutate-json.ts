import { mutateBytes } from './mutate-bytes.ts';
import type { SeededRandom } from './random.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const values: readonly Json[] = [null, true, -1, 0, 1, 2, 1.5, 1e308, -0, 2 ** 53, '', ' ', 'x', [], {}, [[]], [null]];
const keys = ['__proto__', 'constructor', 'toString', 'id', 'length', ''];

function changedText(random: SeededRandom, text: string): string {
  const at = random.below(text.length + 1);
  if (/^(?:[0-9a-f]{2})+$/i.test(text) && random.chance(2)) {
    const bytes = new Uint8Array(Buffer.from(text.slice(0, 8_000), 'hex'));
    return Buffer.from(mutateBytes(random, bytes, bytes)).toString('hex');
  }
  return (
    text.slice(0, at) +
    random.pick(['', 'x', '\u0000', '9', '€', '\ud800', 'A'.repeat(300)]) +
    text.slice(at + random.below(2))
  );
}

function changed(random: SeededRandom, value: Json): Json {
  if (random.chance(6)) return random.pick(values);
  if (typeof value === 'number') return value + random.pick([1, -1, 0.5, 1_000, -1_000]);
  if (typeof value === 'string') return changedText(random, value);
  if (typeof value !== 'object' || value === null) return random.pick(values);
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const at = random.below(items.length + 1);
    const item = items[at];
    if (item === undefined || random.chance(5)) return items.toSpliced(at, 0, items[0] ?? random.pick(values));
    return random.chance(5) ? items.toSpliced(at, 1) : items.with(at, changed(random, item));
  }
  const entries = Object.entries(value as Record<string, Json>);
  const at = random.below(entries.length + 1);
  const entry = entries[at];
  if (entry === undefined) return Object.fromEntries([...entries, [random.pick(keys), random.pick(values)]]);
  if (random.chance(6)) return Object.fromEntries(entries.toSpliced(at, 1));
  return Object.fromEntries(entries.with(at, [entry[0], changed(random, entry[1])]));
}

/** JSON text in, JSON text out: values, keys and places changed, and now and then what is no JSON any more. */
export function mutateJson(random: SeededRandom, input: Uint8Array, other: Uint8Array): Uint8Array {
  if (random.chance(30)) return mutateBytes(random, input, other);
  try {
    let value = JSON.parse(new TextDecoder().decode(input)) as Json;
    for (let change = random.below(3); change >= 0; change--) value = changed(random, value);
    return new TextEncoder().encode(JSON.stringify(value));
  } catch {
    return other;
  }
}

/** The value of an input; undefined where it is no JSON: that is for `JSON.parse` to refuse, not for us. */
export function jsonOf(input: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(input));
  } catch {
    return undefined;
  }
}
