import { describe, expect, it } from 'vitest';
import { digest } from '../../../main/crypto/hash.ts';
import { encodePoint, publicPoint } from '../../../main/crypto/points.ts';
import { verifyRsaPkcs1 } from '../../../main/crypto/rsa.ts';
import { decodeTlv, find } from '../../../main/document/tlv.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { addYears } from '../../../main/result/plain-date.ts';
import { publishedIssuerKeyFingerprints, trainingAnchors } from '../../../main/simulator/issuing/issuers.ts';
import { issuingKey, issuingKeyIds } from '../../../main/simulator/issuing/issuing-keys.ts';
import { signWith } from '../../../main/simulator/issuing/signature-algorithms.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { nothingRevoked } from '../../../main/trust/path/link-belief.ts';
import { trainingIssuers } from '../../support/training-issuers.ts';
import { someDay } from './support.ts';

describe('the published keys', () => {
  it.each(issuingKeyIds)('%s is a pair', (id) => {
    const key = issuingKey(id);
    if (key.kind === 'EC') {
      expect(toHex(key.publicKey)).toBe(toHex(encodePoint(key.curve, publicPoint(key.curve, key.privateKey))));
    } else {
      const message = Uint8Array.of(1, 2, 3);
      const signature = signWith(key, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, message);
      expect(verifyRsaPkcs1(key, 'SHA-256', digest('SHA-256', message), signature)).toBe(true);
    }
  });

  it('are found by fingerprint in the certificates of the issuers', () => {
    const fingerprints = trainingAnchors().map((der) => {
      const [toBeSigned] = decodeTlv(der).children;
      // Version, serial number, algorithm, issuer, validity, subject, then the key.
      return toHex(digest('SHA-256', toBeSigned?.children[6]?.raw ?? new Uint8Array()));
    });
    expect(fingerprints.length).toBeGreaterThan(20);
    expect(fingerprints.filter((fingerprint) => !publishedIssuerKeyFingerprints().has(fingerprint))).toEqual([]);
  });
});

describe('the anchors of training', () => {
  it('are the same each time and cannot be changed from outside', () => {
    const [first] = trainingAnchors();
    const before = toHex(first ?? new Uint8Array());
    first?.fill(0);
    expect(toHex(trainingAnchors()[0] ?? new Uint8Array())).toBe(before);
  });

  it('are taken into a training store, in the countries of the documents, and hold for years', async () => {
    const stored = await trainingIssuers(trainingAnchors(), someDay);
    expect(stored.map(({ summary }) => summary.country).slice(0, 4)).toEqual(['SE', 'SE', 'DE', 'FR']);
    expect(new Set(stored.map(({ summary }) => summary.country)).size).toBe(stored.length - 1);
    expect(stored.every(({ summary }) => summary.kind === 'self-signed')).toBe(true);
    const twentyYearsOn = addYears(someDay, 20);
    expect(stored.filter(({ summary }) => summary.notAfter < twentyYearsOn)).toEqual([]);
    expect(stored.every(({ summary }) => summary.subject.includes('Styrk Specimen CSCA'))).toBe(true);
    // One name, two keys: as in Sweden's own certificates, the key identifier alone tells them apart.
    expect(stored[0]?.summary.subjectKey).toBe(stored[1]?.summary.subjectKey);
    expect(stored[0]?.summary.subjectKeyIdentifier).not.toBe(stored[1]?.summary.subjectKeyIdentifier);
  });

  it('are refused elsewhere', async () => {
    const imported = await importCertificates(
      trainingAnchors(),
      { kind: 'pinned', digest: '00', date: null },
      { at: someDay, known: [], refusedPublicKeys: publishedIssuerKeyFingerprints(), isRevoked: nothingRevoked },
    );
    expect(imported.certificates).toEqual([]);
    expect(imported.refused).toHaveLength(trainingAnchors().length);
  });

  it('say what they are for', () => {
    for (const der of trainingAnchors()) {
      const toBeSigned = decodeTlv(der).children[0];
      expect(toBeSigned && find(toBeSigned, 0xa3)?.children[0]?.children).toHaveLength(8);
    }
  });
});
