import type { StoredRevocationList } from '../types.ts';
import { parseRevocationList, type RevocationList } from './revocation-list.ts';

// A list is the same for as long as its owner holds it: read once, not in each inspection.
const read = new WeakMap<StoredRevocationList, RevocationList>();

/** The list in a row. Fails as `parseRevocationList`. */
export function openRevocationList(stored: StoredRevocationList): RevocationList {
  const list = read.get(stored) ?? parseRevocationList(stored.der);
  read.set(stored, list);
  return list;
}
