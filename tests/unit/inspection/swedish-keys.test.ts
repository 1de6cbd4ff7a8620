import { describe, expect, it } from 'vitest';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { issueCertificate } from '../../../main/simulator/issuing/certificates.ts';
import { countrySigners } from '../../../main/simulator/issuing/country-signers.ts';
import { type IssuingKey, issuingKey, type SignatureScheme } from '../../../main/simulator/issuing/issuing-keys.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { nothingRevoked } from '../../../main/trust/path/link-belief.ts';
import type { StoredCertificate } from '../../../main/trust/types.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { policy } from '../../support/own-resources.ts';
import { withTrainingLists } from '../../support/training-issuers.ts';
import { inspectSpecimen, today } from './bench-of-specimens.ts';

/*
 * Three keys under one name, as Sweden has them: RSA, RSA and brainpoolP512r1 with explicit parameters; the newest key's
 * link certificate holds an EC key and is signed with RSASSA-PSS.
 */
interface Generation {
  readonly key: IssuingKey;
  readonly scheme: SignatureScheme;
}

const pss: SignatureScheme = { name: 'RSASSA-PSS', hash: 'SHA-256' };
const first: Generation = { key: issuingKey('csca-ph'), scheme: pss };
const second: Generation = { key: issuingKey('csca-se-rsa'), scheme: pss };
const third: Generation = { key: issuingKey('csca-se'), scheme: { name: 'ECDSA', hash: 'SHA-512' } };
const { authority } = countrySigners['csca-se'];

function certificate(subject: Generation, issuer: Generation, notBefore: string): Uint8Array {
  return issueCertificate({
    subject: authority,
    issuer: authority,
    key: subject.key,
    issuerKey: issuer.key,
    scheme: issuer.scheme,
    parameters: 'explicit',
    notBefore: notBefore as PlainDate,
    notAfter: '2038-11-02' as PlainDate,
    signsUntil: '2029-01-01' as PlainDate,
    kind: 'CSCA',
    documentCodes: null,
    documentTypesForm: 'standard',
  });
}

const list = [
  certificate(first, first, '2018-01-29'),
  certificate(second, second, '2021-09-14'),
  certificate(second, first, '2021-09-14'),
  certificate(third, third, '2024-11-05'),
  certificate(third, second, '2024-11-05'),
];
const { certificates, verified, refused } = await importCertificates(
  list,
  { kind: 'training', digest: 'list', date: null },
  { at: today, known: [], refusedPublicKeys: new Set(), isRevoked: nothingRevoked },
);
const keyOf = (index: number): string => certificates[index]?.summary.publicKeyFingerprint ?? '';

async function verdictUnder({ key, scheme }: Generation, held: readonly StoredCertificate[]) {
  const issue = [
    { certificate: (content: Parameters<typeof issueCertificate>[0]) => ({ ...content, issuerKey: key, scheme }) },
  ];
  const { inspection } = await inspectSpecimen({
    id: 'se-passport',
    faults: { issue },
    trust: withTrainingLists(held, today),
  });
  const path = inspection.checks.find(({ id }) => id === 'passive-authentication.path');
  const { verdict } = judge(policy('document'), inspection.checks, { training: true, specimen: inspection.specimen });
  return { path: path?.code ?? path?.result, verdict };
}

describe('three keys of one authority under one name', () => {
  it('are five certificates, each proved by another one or itself', () => {
    expect({ verified, refused, keys: new Set(certificates.map((_, index) => keyOf(index))).size }).toEqual({
      verified: 5,
      refused: [],
      keys: 3,
    });
    expect(certificates.map(({ summary }) => [summary.kind, summary.keyKind, summary.signatureAlgorithm])).toEqual([
      ['self-signed', 'RSA 2048', 'RSASSA-PSS SHA-256'],
      ['self-signed', 'RSA 3072', 'RSASSA-PSS SHA-256'],
      ['link', 'RSA 3072', 'RSASSA-PSS SHA-256'],
      ['self-signed', 'EC brainpoolP512r1 (explicit)', 'ECDSA SHA-512'],
      ['link', 'EC brainpoolP512r1 (explicit)', 'RSASSA-PSS SHA-256'],
    ]);
  });

  it.each([
    ['the first', first, keyOf(0)],
    ['the second', second, keyOf(1)],
    ['the third', third, keyOf(3)],
  ] as const)(
    'a passport signed under %s is accepted with that key in the store, and not without',
    async (_, used, key) => {
      expect(await verdictUnder(used, certificates)).toEqual({ path: 'successful', verdict: 'accept' });
      const without = certificates.filter(({ summary }) => summary.publicKeyFingerprint !== key);
      expect(await verdictUnder(used, without)).toEqual({ path: 'certificate.issuer-unknown', verdict: 'refer' });
    },
  );

  it('a passport signed under the third is accepted where its link alone is there, with the key that signed the link', async () => {
    const links = certificates.filter((_, index) => index !== 3);
    expect(await verdictUnder(third, links)).toEqual({ path: 'successful', verdict: 'accept' });
  });
});
