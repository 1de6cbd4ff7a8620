import canonicalize from 'canonicalize';
import { Failure } from './failure.ts';

const deepest = 32;
const utf8 = new TextEncoder();

/**
 * The one form in which a value is hashed and signed: JSON by RFC 8785, in UTF-8. Takes plain JSON values alone and throws
 * `record.malformed` for everything else, so that neither bytes nor an undefined field slip into a record unseen.
 */
export function canonicalBytes(value: unknown): Uint8Array {
  if (!isPlain(value, 0)) throw new Failure('record.malformed');
  const text = flat(value) ?? canonicalize(value);
  if (text === undefined) throw new Failure('record.malformed');
  return utf8.encode(text);
}

// What is bound and signed for each record is an object of texts and numbers: their form is that of JSON.stringify (RFC 8785 §3.2.2),
// members in the order of UTF-16 code units (§3.2.3). The library takes several times as long for them.
function flat(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const members: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const entry = (value as Readonly<Record<string, unknown>>)[name];
    if (typeof entry === 'object' && entry !== null) return null;
    members.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  }
  return `{${members.join(',')}}`;
}

function isPlain(value: unknown, depth: number): boolean {
  if (depth > deepest) return false;
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every((entry) => isPlain(entry, depth + 1));
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.entries(value).every(([key, entry]) => key.isWellFormed() && isPlain(entry, depth + 1));
}
