import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { curveGroup } from '../../../main/chip/curve-group.ts';
import { aesCmac } from '../../../main/crypto/aes.ts';
import { type CurveName, curveByName, curveNames } from '../../../main/crypto/curves.ts';
import { type HashName, hashNames } from '../../../main/crypto/hash.ts';
import { equal, fromHex, toHex } from '../../../main/result/bytes.ts';
import { parsePublicKey } from '../../../main/trust/x509/public-key.ts';
import type { SignatureAlgorithm } from '../../../main/trust/x509/signature-algorithm.ts';
import { examineSignature } from '../../../main/trust/x509/verify-signature.ts';
import { describeWithRealData, realData, realDataFolder } from '../../support/real-data.ts';

/*
 * C2SP/wycheproof's vectors through the functions that judge certificates and chips: whatever it calls valid is right, and
 * nothing that it calls invalid is. What it calls acceptable may be either.
 */

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly msg: string;
  readonly sig: string;
  readonly key: string;
  readonly tag: string;
  readonly public: string;
  readonly private: string;
  readonly shared: string;
}

interface Group {
  readonly type: string;
  readonly sha: string;
  readonly mgfSha: string;
  readonly sLen: number;
  readonly publicKeyDer: string;
  readonly tagSize: number;
  readonly curve: string;
  readonly encoding: string;
  readonly tests: readonly Vector[];
}

const folder = 'wycheproof';
const files =
  realDataFolder === null ? [] : readdirSync(join(realDataFolder, folder)).filter((name) => name.endsWith('.json.gz'));
const groupsOf = (file: string): readonly Group[] =>
  (JSON.parse(gunzipSync(realData(`${folder}/${file}`)).toString('utf8')) as { testGroups: readonly Group[] })
    .testGroups;

const knownHash = (name: string): HashName | null => hashNames.find((known) => known === name) ?? null;
const knownCurve = (name: string): CurveName | null =>
  curveNames.find((known) => known === name.replace(/^secp(\d+)r1$/, 'P-$1')) ?? null;

function algorithmOf({ type, sha, mgfSha, sLen }: Group): SignatureAlgorithm | null {
  const hash = knownHash(sha);
  if (hash === null) return null;
  if (type === 'EcdsaVerify') return { scheme: 'ECDSA', hash, plain: false };
  if (type === 'DsaVerify') return { scheme: 'DSA', hash };
  if (type === 'RsassaPkcs1Verify') return { scheme: 'RSASSA-PKCS1-v1_5', hash };
  const maskHash = knownHash(mgfSha);
  return maskHash === null ? null : { scheme: 'RSASSA-PSS', hash, maskHash, saltLength: sLen };
}

type Outcome = 'right' | 'not right';
/** What the product makes of each vector of a group; null where it knows the group's hash or curve not at all. */
function outcomesOf(group: Group): ((vector: Vector) => Outcome) | null {
  if (group.type === 'MacTest') return (vector) => macOutcome(vector, group.tagSize / 8);
  if (group.type.startsWith('Ecdh')) {
    const curve = knownCurve(group.curve);
    return curve === null ? null : (vector) => agreementOutcome(vector, curve, group.encoding);
  }
  const algorithm = algorithmOf(group);
  if (algorithm === null) return null;
  const key = parsePublicKey(fromHex(group.publicKeyDer));
  return ({ msg, sig }) =>
    examineSignature(key, algorithm, fromHex(msg), fromHex(sig)) === 'right' ? 'right' : 'not right';
}

function macOutcome({ key, msg, tag }: Vector, length: number): Outcome {
  try {
    return equal(aesCmac(fromHex(key), fromHex(msg)).subarray(0, length), fromHex(tag)) ? 'right' : 'not right';
  } catch {
    return 'not right';
  }
}

function agreementOutcome(vector: Vector, name: CurveName, encoding: string): Outcome {
  const curve = curveByName(name);
  const group = curveGroup(curve);
  try {
    const peer = encoding === 'asn' ? pointIn(vector.public, name) : fromHex(vector.public);
    const accepted = peer === null ? null : group.accept(peer);
    const element = accepted === null ? null : group.power(accepted, BigInt(`0x${vector.private}`));
    return element !== null && toHex(group.secretOf(element).reveal()) === vector.shared ? 'right' : 'not right';
  } catch {
    return 'not right';
  }
}

// A key over another curve than ours is none to agree with.
function pointIn(publicKeyInfo: string, name: CurveName): Uint8Array | null {
  const key = parsePublicKey(fromHex(publicKeyInfo));
  return key.kind === 'EC' && key.curve.name === name ? key.point : null;
}

// X9.62 leaves the cofactor out at will. Explicit parameters count only where they are those of a known curve, whose own
// cofactor is used: nothing of it comes from the certificate (main/document/ec-parameters.ts).
function isTakenKnowingly({ flags }: Vector): boolean {
  return flags.includes('NoCofactor');
}

describeWithRealData('vectors of another hand', () => {
  it('are all there', () => {
    expect(files).toHaveLength(32);
  });

  it.each(files)(
    '%s',
    (file) => {
      const counts = { valid: 0, invalid: 0, acceptable: 0, taken: 0, unknown: 0 };
      const wrong: string[] = [];
      for (const group of groupsOf(file)) {
        const outcomeOf = outcomesOf(group);
        // A hash or curve that Doc 9303 does not name: nothing is judged by it, and it is told.
        if (outcomeOf === null) counts.unknown += group.tests.length;
        for (const vector of outcomeOf === null ? [] : group.tests) {
          const outcome = outcomeOf?.(vector);
          counts[vector.result] += 1;
          if (vector.result === 'acceptable' || isTakenKnowingly(vector)) counts.taken += outcome === 'right' ? 1 : 0;
          else if ((vector.result === 'valid') !== (outcome === 'right'))
            wrong.push(`${vector.tcId} ${vector.result}: ${vector.comment} [${vector.flags.join()}]`);
        }
      }
      const { taken, unknown } = counts;
      console.info(
        `${file}: ${counts.valid} valid and ${counts.invalid} invalid as stated, ${counts.acceptable} acceptable (${taken} taken)` +
          (unknown === 0 ? '' : `, ${unknown} of a hash or curve that Doc 9303 does not name`),
      );
      expect(wrong).toEqual([]);
      expect(counts.valid + counts.unknown).toBeGreaterThan(0);
      // The largest curves take their time on a small machine.
    },
    300_000,
  );
});
