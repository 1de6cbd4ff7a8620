import { expect, it } from 'vitest';
import { decodeTlv } from '../../../main/document/tlv.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { parseCertificate } from '../../../main/trust/certificate.ts';
import { parseSignedData } from '../../../main/trust/cms.ts';
import { countCertificates } from '../../../main/trust/count-certificates.ts';
import { explainCertificate } from '../../../main/trust/explain-certificate.ts';
import { TrustStore } from '../../../main/trust/trust-store.ts';
import { germanList, listFile, today } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import { ecTestKey, extensions, nameOf, testDocumentSigner } from '../../support/test-pki.ts';

describeWithRealData('what the store says of the German list', () => {
  it('counts by name and by key, and each orphan by country and year', async () => {
    const { certificates } = await germanList();
    const counts = countCertificates(certificates, today);
    expect(counts).toMatchObject({
      certificates: 588,
      countries: 112,
      byName: { selfIssued: 504, link: 84 },
      byMeaning: { selfIssued: 515, link: 73 },
      byKey: { selfSigned: 375, link: 201, orphans: 12 },
    });
    expect(counts.orphans.map(({ country, year }) => `${country} ${year}`).join()).toBe(
      'AE 2017,AT 2011,BG 2014,CY 2014,HU 2018,LB 2018,LV 2015,MA 2021,MD 2017,PH 2017,TR 2013,UZ 2020',
    );
    expect(counts.byCountry.find(({ country }) => country === 'SE')).toEqual({
      country: 'SE',
      certificates: 5,
      keys: 3,
      links: 2,
      orphans: 0,
      validUntil: '2038-11-02',
    });
  });

  it('explains a link certificate down to the root that it rests on', async () => {
    const { certificates } = await germanList();
    const trust = new TrustStore(certificates);
    const link = certificates.find(({ summary }) => summary.country === 'SE' && summary.kind === 'link');
    const explained = await explainCertificate(parseCertificate(link?.der ?? new Uint8Array()), { trust, at: today });
    expect(explained).toMatchObject({ held: true, believed: true, refusals: [] });
    expect(explained.path.length).toBeGreaterThanOrEqual(2);
    expect(explained.path.at(-1)?.certificate.kind).toBe('self-signed');
    expect(explained.path.every(({ sources }) => sources.length === 1)).toBe(true);
    expect(explained.sameKey).toHaveLength(1);
  });

  it('explains orphans, old lists and document signers', async () => {
    const { certificates, orphans } = await germanList();
    const trust = new TrustStore(certificates);
    const explain = (der: Uint8Array | undefined, at = today) =>
      explainCertificate(parseCertificate(der ?? new Uint8Array()), { trust, at, remarks: orphans });
    const orphan = await explain(certificates.find(({ verifiedBy }) => verifiedBy === null)?.der);
    expect(orphan).toMatchObject({ held: true, believed: false });
    expect(orphan.refusals).toContain('certificate.issuer-orphan');
    expect(orphan.remarks).toMatchObject([{ code: 'certificate.issuer-unknown' }]);
    const [contentInfo] = decodeTlv(realData('sod/DE-EF.SOD.bin')).children;
    const [signer] = parseSignedData(contentInfo?.raw ?? new Uint8Array()).certificates;
    const now = await explain(signer);
    expect(now).toMatchObject({
      held: false,
      believed: true,
      revocation: { code: 'revocation.no-list' },
      refusals: [],
    });
    expect(now.path[1]?.certificate.country).toBe('DE');
    expect((await explain(signer, '2028-01-01' as PlainDate)).refusals).toContain('trust.list-stale');
    const listSigner = await explain(parseSignedData(realData(listFile)).certificates[0]);
    expect(listSigner.refusals).toContain('certificate.usage-wrong');
  });

  it('resolves the three Swedish keys, whatever kind of key issued which', async () => {
    const { certificates } = await germanList();
    const swedish = certificates.filter(({ summary }) => summary.country === 'SE');
    expect(new Set(swedish.map(({ summary }) => summary.publicKeyFingerprint)).size).toBe(3);
    expect(new Set(swedish.map(({ summary }) => summary.subjectKeyIdentifier)).size).toBe(3);
    expect(swedish.every(({ verifiedBy }) => verifiedBy !== null)).toBe(true);
    const link = swedish.find(({ summary }) => summary.kind === 'link' && summary.keyKind.startsWith('EC'));
    expect(link?.summary.signatureAlgorithm).toBe('RSASSA-PSS SHA-256');
  });
});

it('a signer of nobody is explained as such', async () => {
  const key = ecTestKey('P-256');
  const signer = testDocumentSigner(
    key,
    key,
    { scheme: 'ECDSA', hash: 'SHA-256' },
    {
      issuer: nameOf('SE', 'Nobody'),
      extensions: [extensions.digitalSignature()],
    },
  );
  const explained = await explainCertificate(parseCertificate(signer), {
    trust: new TrustStore(),
    at: today,
  });
  expect(explained).toMatchObject({ held: false, believed: false, refusals: ['trust.empty'] });
});
