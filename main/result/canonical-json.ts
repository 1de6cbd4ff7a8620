import canonicalize from 'canonicalize';
import { Failure } from './failure.ts';

const deepest = 32;
const utf8 = new TextEncoder();

/**
 * The one form in which a value is hashed and signed: JSON by RFC 8785, in UTF-8. Takes plain JSON values alone and throws
 * `record.malformed` for everything else, so that neither bytes nor an undefined field slip into a record unseen.
 */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8.encode(canonicalText(value));
}

/** The same as a text, which is well-formed. */
export function canonicalText(value: unknown): string {
  const walk: Walk = { isOrderable: true };
  const ordered = inOrder(value, 0, walk);
  // Texts and numbers stand in the form of JSON.stringify (RFC 8785 §3.2.2): with members in their order it writes the whole.
  const text = walk.isOrderable ? JSON.stringify(ordered) : canonicalize(value);
  if (text === undefined) throw new Failure('record.malformed');
  return text;
}

interface Walk {
  /** False once a name was met that an object does not keep in the place where it is put: then the library writes the text. */
  isOrderable: boolean;
}

/** The same value, checked, with members in the order of UTF-16 code units (RFC 8785 §3.2.3). */
function inOrder(value: unknown, depth: number, walk: Walk): unknown {
  if (depth > deepest) throw new Failure('record.malformed');
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string' ? value.isWellFormed() : typeof value === 'number' && Number.isFinite(value))
    return value;
  if (Array.isArray(value)) {
    const entries: unknown[] = [];
    for (let index = 0; index < value.length; index++) entries.push(inOrder(value[index], depth + 1, walk));
    return entries;
  }
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    throw new Failure('record.malformed');
  const members = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const name of sorted(Object.keys(members))) {
    if (!name.isWellFormed()) throw new Failure('record.malformed');
    if (!isKeptInPlace(name)) walk.isOrderable = false;
    ordered[name] = inOrder(members[name], depth + 1, walk);
  }
  return ordered;
}

const few = 24;

// A record has some sixty objects of a few names each: to call the runtime's sort for each takes longer than all else here.
function sorted(names: string[]): readonly string[] {
  if (names.length > few) return names.sort();
  for (let next = 1; next < names.length; next++) {
    const name = names[next] ?? '';
    let at = next;
    for (let before = names[at - 1] ?? ''; at > 0 && before > name; before = names[at - 1] ?? '') names[at--] = before;
    names[at] = name;
  }
  return names;
}

// Names that are an array's index come first in every object, by number, and one sets its prototype.
function isKeptInPlace(name: string): boolean {
  const first = name.charCodeAt(0);
  const isDigit = first >= 0x30 && first <= 0x39;
  return !isDigit && name !== '__proto__';
}
