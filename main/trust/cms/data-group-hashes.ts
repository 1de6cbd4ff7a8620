import { digest } from '../../crypto/hash.ts';
import { equal } from '../../result/bytes.ts';
import { type Check, type Detail, successful, unsuccessful } from '../../result/check.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { DataGroupContent } from '../types.ts';
import { isHashBroken } from '../x509/weak-signature.ts';
import type { LdsSecurityObject } from './lds-security-object.ts';

/** How one data group compares with its hash in EF.SOD (TR-03135-1 §5.6.4.4, table 5.42). */
export type DataGroupIntegrity = 'identical' | 'not identical' | 'present' | 'not present' | 'non conformance';

const id = 'passive-authentication.hashes';

// Fingerprints and irises are behind extended access control: whether they are there or not says nothing here.
const neverCounted: readonly number[] = [3, 4];
const mandatory: readonly number[] = [1, 2];

function integrity(object: LdsSecurityObject, number: number, content: DataGroupContent): DataGroupIntegrity {
  const expected = object.hashes.get(number);
  if (content === 'absent') return 'not present';
  if (content === 'present') return 'present';
  if (object.hashAlgorithm === null || expected === undefined) return 'non conformance';
  return equal(digest(object.hashAlgorithm, content), expected) ? 'identical' : 'not identical';
}

/** Whether a group was read and is what EF.SOD lists: what stands elsewhere in the chip, nobody has signed. */
export function isListed(object: LdsSecurityObject, number: number, content: DataGroupContent | undefined): boolean {
  return content !== undefined && integrity(object, number, content) === 'identical';
}

/**
 * Compares the raw files with the hashes in EF.SOD (9303-10 §4.6.2.3 note 1). `failed` where a counted group differs;
 * `successful` where DG1 and DG2 are there, every counted group that was read is identical and none that was asked for is
 * absent; else `undetermined`.
 * Groups that EF.SOD does not list stand in `detail.notListed`: nothing vouches for them. `made` is the latest day that the
 * document states of its making: with a hash that was broken by then a group may have a twin that hashes alike.
 */
export function checkDataGroupHashes(
  object: LdsSecurityObject,
  dataGroups: ReadonlyMap<number, DataGroupContent>,
  made: PlainDate | null,
): Check {
  const found = [...object.hashes.keys()]
    .sort((a, b) => a - b)
    .map((number) => [number, integrity(object, number, dataGroups.get(number) ?? 'absent')] as const);
  const notListed = [...dataGroups]
    .filter(([number, content]) => content !== 'absent' && !object.hashes.has(number))
    .map(([number]) => number)
    .sort((a, b) => a - b);
  const broken = isHashBroken(object.hashAlgorithm, made);
  const detail: { readonly [key: string]: Detail } = {
    dataGroups: Object.fromEntries(found.map(([number, result]) => [`DG${number}`, result])),
    notListed: notListed.map((number) => `DG${number}`),
    hashAlgorithm: object.hashAlgorithm,
    ldsSecurityObjectVersion: object.version,
    ldsVersion: object.ldsVersion,
    unicodeVersion: object.unicodeVersion,
    ...(object.hashAlgorithm === 'SHA-1' ? { remarks: ['signature.hash-broken'] } : {}),
  };
  const counted = new Map(found.filter(([number]) => !neverCounted.includes(number)));
  const results = [...counted.values()];
  if (results.includes('not identical')) return unsuccessful(id, 'failed', 'data-group.hash-differs', detail);
  const missing = whyNotSuccessful(object, counted, dataGroups);
  if (missing !== null) return unsuccessful(id, 'undetermined', missing, detail);
  return broken ? unsuccessful(id, 'undetermined', 'signature.hash-broken', detail) : successful(id, detail);
}

function whyNotSuccessful(
  object: LdsSecurityObject,
  counted: ReadonlyMap<number, DataGroupIntegrity>,
  dataGroups: ReadonlyMap<number, DataGroupContent>,
): FailureCode | null {
  if (object.hashAlgorithm === null) return 'security-object.algorithm-unknown';
  if (mandatory.some((number) => !object.hashes.has(number))) return 'data-group.not-listed';
  if (mandatory.some((number) => counted.get(number) !== 'identical')) return 'data-group.missing';
  // Asked for, and the chip knows no such file although it is signed for (TR-03135-1 T5.41).
  if ([...counted.keys()].some((number) => dataGroups.get(number) === 'absent')) return 'data-group.absent';
  return null;
}
