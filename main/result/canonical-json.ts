import canonicalize from 'canonicalize';
import { Failure } from './failure.ts';

const deepest = 32;

/**
 * The one form in which a value is hashed and signed: JSON by RFC 8785, in UTF-8. Takes plain JSON values alone and throws
 * `record.malformed` for everything else, so that neither bytes nor an undefined field slip into a record unseen.
 */
export function canonicalBytes(value: unknown): Uint8Array {
  if (!isPlain(value, 0)) throw new Failure('record.malformed');
  const text = canonicalize(value);
  if (text === undefined) throw new Failure('record.malformed');
  return new TextEncoder().encode(text);
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
