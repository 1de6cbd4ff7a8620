import type { HashName } from '../../crypto/hash.ts';
import { decodeInteger } from '../../document/der.ts';
import { decodeTlv, type Tlv } from '../../document/tlv.ts';
import { Failure } from '../../result/failure.ts';
import { expectTag, tag, textOf } from '../x509/asn1-values.ts';
import { parseDigestAlgorithm } from '../x509/signature-algorithm.ts';
import { asSecurityObject } from './cms.ts';

/** The content of EF.SOD (9303-10 §4.6.2.3, App. D for version 0). */
export interface LdsSecurityObject {
  readonly version: 0 | 1;
  /** Null where it is not one of ours. */
  readonly hashAlgorithm: HashName | null;
  /** Hash of the raw file by data group number. */
  readonly hashes: ReadonlyMap<number, Uint8Array>;
  /** Version 1 only. */
  readonly ldsVersion: string | null;
  readonly unicodeVersion: string | null;
}

function malformed(): Failure {
  return new Failure('security-object.malformed', { reason: 'LDSSecurityObject' });
}

/** Reads an LDSSecurityObject, nothing after it. Fails with `security-object.malformed`. */
export function parseLdsSecurityObject(content: Uint8Array): LdsSecurityObject {
  return asSecurityObject(() => {
    const [version, hashAlgorithm, hashValues, versionInfo] = expectTag(
      decodeTlv(content),
      tag.sequence,
      'LDSSecurityObject',
    ).children;
    const number = decodeInteger(expectTag(version, tag.integer, 'LDSSecurityObject').value);
    if (number !== 0n && number !== 1n) throw malformed();
    const [ldsVersion, unicodeVersion] = versionInfo?.children.map(textOf) ?? [];
    return {
      version: number === 0n ? 0 : 1,
      hashAlgorithm: parseDigestAlgorithm(hashAlgorithm),
      hashes: readHashes(expectTag(hashValues, tag.sequence, 'LDSSecurityObject')),
      ldsVersion: ldsVersion ?? null,
      unicodeVersion: unicodeVersion ?? null,
    };
  });
}

function readHashes(node: Tlv): Map<number, Uint8Array> {
  const hashes = new Map<number, Uint8Array>();
  for (const entry of node.children) {
    const [numberNode, hash] = expectTag(entry, tag.sequence, 'DataGroupHash').children;
    const number = Number(decodeInteger(expectTag(numberNode, tag.integer, 'DataGroupHash').value));
    // 9303-10 §4.6.2.3: one entry per data group, DG1 to DG16. Two entries would leave open which one holds.
    if (!(number >= 1 && number <= 16) || hashes.has(number)) throw malformed();
    hashes.set(number, expectTag(hash, tag.octetString, 'DataGroupHash').value);
  }
  return hashes;
}
