import { describe, expect, it } from 'vitest';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { standingOf } from '../../../main/inspection/checks/card-security.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import { type Check, type CheckId, successful, unsuccessful } from '../../../main/result/check.ts';
import { addDays } from '../../../main/result/plain-date.ts';
import { encoded } from '../../../main/simulator/issuing/asn1.ts';
import { issueCertificate, serialNumber } from '../../../main/simulator/issuing/certificates.ts';
import { countrySigners } from '../../../main/simulator/issuing/country-signers.ts';
import { issuingKey } from '../../../main/simulator/issuing/issuing-keys.ts';
import { distinguishedName } from '../../../main/simulator/issuing/names.ts';
import { findDefects } from '../../../main/trust/defects/match-defects.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import type { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import type { PassiveAuthentication } from '../../../main/trust/types.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { fingerprintOf } from '../../../main/trust/x509/fingerprint.ts';
import { summarise } from '../../../main/trust/x509/summarise.ts';
import { type ForgedCardSecurity, forgedCardSecurity, forgedSigner } from '../../support/forged-card-security.ts';
import { byKeyIdentifier, type EcTestKey, ecTestKey, keyIdentifierOf, testSignedData } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';
import { inspectSpecimen, today, trainingTrust } from './bench-of-specimens.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const checkOf = (inspection: Inspection, id: CheckId) => inspection.checks.find((check) => check.id === id);

async function mappingWith(forged: ForgedCardSecurity, trust?: TrustStore) {
  const faults = forgedCardSecurity(forged, today);
  const { inspection } = await inspectSpecimen({
    id: 'mapping-passport',
    faults,
    trust: trust ?? (await trainingTrust()),
  });
  // What EF.SOD vouches for is all in order: only the file that is to vouch for the mapping's key was forged.
  for (const part of ['hashes', 'signature', 'path', 'validity', 'country'] as const)
    expect(checkOf(inspection, `passive-authentication.${part}`)?.result).toBe('successful');
  return { check: checkOf(inspection, 'pace-cam'), inspection };
}

function swedishKey(): EcTestKey {
  const key = issuingKey(countrySigners['csca-se'].key);
  if (key.kind !== 'EC') throw new Error('another kind of key');
  return { kind: 'EC', curve: key.curve, privateKey: key.privateKey, form: 'explicit' };
}

// A list of the specimens' Swedish authority that revokes these.
async function trustRevoking(serials: readonly Uint8Array[]): Promise<TrustStore> {
  const trust = await trainingTrust();
  const der = testRevocationList({
    issuer: encoded(distinguishedName(countrySigners['csca-se'].authority).toSchema()),
    key: swedishKey(),
    scheme: { scheme: 'ECDSA', hash: countrySigners['csca-se'].scheme.hash },
    revoked: serials,
  });
  const { thisUpdate, nextUpdate, issuer } = parseRevocationList(der);
  const names = { country: 'SE', issuer: issuer.text, issuerKey: issuer.key };
  const stored = { fingerprint: fingerprintOf(der), thisUpdate, nextUpdate, number: '1', entries: serials.length, der };
  trust.addRevocationList({ ...names, ...stored });
  return trust;
}

// TR-03129-2: the keys of chip authentication of this signer's documents are known to others.
async function trustKnowing(forged: ForgedCardSecurity): Promise<TrustStore> {
  const trust = await trainingTrust();
  const { issuer, ...certificate } = forgedSigner(forged, today);
  const name = encoded(distinguishedName(issuer).toSchema());
  const signer = encodeTlv(0x30, name, encodeInteger(serialNumber({ issuer, ...certificate })));
  const known = encodeTlv(0x31, encodeTlv(0x30, encodeOid('0.4.0.127.0.7.3.1.5.1.3')));
  const hash = encodeOid('2.16.840.1.101.3.4.2.1');
  const key = ecTestKey('P-256');
  const der = testSignedData({
    contentType: '0.4.0.127.0.7.3.1.5',
    content: encodeTlv(0x30, encodeInteger(0), hash, encodeTlv(0x31, encodeTlv(0x30, signer, known))),
    certificates: [],
    key,
    scheme,
    identifier: byKeyIdentifier(keyIdentifierOf(key)),
  });
  trust.addDefectList({ digest: fingerprintOf(der), kind: 'defect-list', signer: 'S', date: today, der });
  return trust;
}

// A security object of which everything is right, but for how its signer stands to revocation lists.
function objectWith(revocation: Check): PassiveAuthentication {
  const signer = parseCertificate(issueCertificate(forgedSigner({ signer: 'ds-se' }, today)));
  const subject = { signer, states: ['SE'], documentType: 'P', documentNumber: null, issued: null };
  const others = ['signature', 'path', 'validity', 'country'] as const;
  return {
    checks: [...others.map((part) => successful(`passive-authentication.${part}`)), revocation],
    listedDataGroups: [],
    made: null,
    content: null,
    certificatePath: [summarise(signer, 'link')],
    defects: findDefects([], subject, { at: today, limits: standardLimits }),
  };
}

describe('EF.CardSecurity passes passive authentication as EF.SOD does (9303-11 §4.4.3.5.2, §5.1; TR-03135-1 §5.6.4)', () => {
  it('one of another signer of the same authority, for the same type, proves the chip', async () => {
    const { check } = await mappingWith({ signer: 'ds-se-384' });
    expect(check).toMatchObject({ result: 'successful', detail: { comparedWithDataGroup14: true } });
  });

  it('one of another state does not', async () => {
    const { check } = await mappingWith({ signer: 'ds-no' });
    expect(check).toMatchObject({ result: 'failed', code: 'certificate.country-differs' });
  });

  it('one whose signer is for other document types does not (9303-12 §7.1.1.6)', async () => {
    const { check } = await mappingWith({ signer: 'ds-se-id' });
    expect(check).toMatchObject({ result: 'failed', code: 'certificate.usage-wrong' });
  });

  it('one whose signer nobody believes does not', async () => {
    const { check } = await mappingWith({ signer: 'ds-unknown' });
    expect(check).toMatchObject({ result: 'undetermined', code: 'certificate.issuer-unknown' });
  });

  it('one whose signer is expired does not', async () => {
    const expired = { notAfter: addDays(today, -1) };
    const { check } = await mappingWith({ signer: 'ds-se', certificate: (content) => ({ ...content, ...expired }) });
    expect(check).toMatchObject({ result: 'undetermined', code: 'certificate.expired' });
  });

  it('one whose signer is not valid yet does not', async () => {
    const early = { notBefore: addDays(today, 1) };
    const { check } = await mappingWith({ signer: 'ds-se', certificate: (content) => ({ ...content, ...early }) });
    expect(check).toMatchObject({ result: 'undetermined', code: 'certificate.not-yet-valid' });
  });

  it('one whose signer is revoked does not', async () => {
    const forged = { signer: 'ds-se-384' } as const;
    const revoked = await trustRevoking([encodeInteger(serialNumber(forgedSigner(forged, today)))]);
    const { check, inspection } = await mappingWith(forged, revoked);
    expect(checkOf(inspection, 'passive-authentication.revocation')?.result).toBe('successful');
    expect(check).toMatchObject({ result: 'failed', code: 'certificate.revoked' });
  });

  it('whether its signer is revoked may be as open as it is of the signer of EF.SOD, and no more', () => {
    const id = 'passive-authentication.revocation';
    const none = unsuccessful(id, 'undetermined', 'revocation.no-list');
    const stale = unsuccessful(id, 'undetermined', 'trust.list-stale');
    const standing = (own: Check, beside: Check) => standingOf(objectWith(own), objectWith(beside));
    expect(standing(none, none)).toMatchObject({ result: 'successful' });
    expect(standing(successful(id), none)).toMatchObject({ result: 'successful' });
    expect(standing(none, successful(id))).toMatchObject({ result: 'undetermined', code: 'revocation.no-list' });
    expect(standing(stale, none)).toMatchObject({ result: 'undetermined', code: 'trust.list-stale' });
    const revoked = unsuccessful(id, 'failed', 'certificate.revoked');
    expect(standing(revoked, revoked)).toMatchObject({ result: 'failed', code: 'certificate.revoked' });
    expect(standingOf(objectWith(successful(id)), null)).toMatchObject({ result: 'undetermined' });
  });

  it('one whose signer a defect list names does not (TR-03135-1 §5.8.2)', async () => {
    const forged = { signer: 'ds-se-384' } as const;
    const { check } = await mappingWith(forged, await trustKnowing(forged));
    expect(check).toMatchObject({ result: 'failed', code: 'defects.key-compromised' });
  });

  it('one of another genuine chip of the same state does not, where DG14 names keys on its curve', async () => {
    const { check } = await mappingWith({ signer: 'ds-se', ofAnotherChip: true });
    expect(check).toMatchObject({ result: 'undetermined', code: 'pace-cam.key-differs' });
  });
});
