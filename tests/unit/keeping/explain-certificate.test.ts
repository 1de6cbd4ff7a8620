import { expect, it } from 'vitest';
import { decodeTlv } from '../../../main/document/tlv.ts';
import { explainCertificate } from '../../../main/keeping/report/explain-certificate.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { parseSignedData } from '../../../main/trust/cms/cms.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import type { StoredCertificate } from '../../../main/trust/types.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { germanList, listFile, today } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import { ecTestKey, extensions, nameOf, testDocumentSigner } from '../../support/test-pki.ts';

function explain(der: Uint8Array | undefined, held: readonly StoredCertificate[], at = today) {
  const store = new TrustStore(held);
  const byFingerprint = new Map(held.map((stored) => [stored.summary.fingerprint, stored]));
  const trust = {
    candidates: store.candidates.bind(store),
    size: store.size.bind(store),
    revocationLists: store.revocationLists.bind(store),
    get: (fingerprint: string) => byFingerprint.get(fingerprint) ?? null,
    list: () => held,
    history: () => [],
  };
  return explainCertificate(parseCertificate(der ?? new Uint8Array()), trust, { at, limits: standardLimits });
}

describeWithRealData('why a certificate of the German list is believed', () => {
  it('a link: down to the root that it rests on', async () => {
    const { certificates } = await germanList();
    const link = certificates.find(({ summary }) => summary.country === 'SE' && summary.kind === 'link');
    const explained = await explain(link?.der, certificates);
    expect(explained).toMatchObject({ held: true, believed: true, fresh: true, code: null });
    expect(explained.path.length).toBeGreaterThanOrEqual(2);
    expect(explained.path.at(-1)?.certificate.kind).toBe('self-signed');
    expect(explained.path.every(({ sources }) => sources.length === 1)).toBe(true);
    expect(explained.sameKey).toHaveLength(1);
  });

  it('an orphan, a document signer, one past the limit, and a signer for lists', async () => {
    const { certificates } = await germanList();
    const orphan = await explain(certificates.find(({ verifiedBy }) => verifiedBy === null)?.der, certificates);
    expect(orphan).toMatchObject({ held: true, believed: false, code: 'certificate.issuer-orphan' });
    const [contentInfo] = decodeTlv(realData('sod/DE-EF.SOD.bin')).children;
    const [signer] = parseSignedData(contentInfo?.raw ?? new Uint8Array()).certificates;
    const now = await explain(signer, certificates);
    expect(now).toMatchObject({ held: false, believed: true, fresh: true, revocation: null, code: null });
    expect(now.path[0]?.certificate.country).toBe('DE');
    expect((await explain(signer, certificates, '2028-01-01' as PlainDate)).fresh).toBe(false);
    const [listSigner] = parseSignedData(realData(listFile)).certificates;
    expect((await explain(listSigner, certificates)).code).toBe('certificate.usage-wrong');
  });
});

it('a signer of nobody is explained as such', async () => {
  const key = ecTestKey('P-256');
  const issuer = nameOf('SE', 'Nobody');
  const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
  const signer = testDocumentSigner(key, key, scheme, { issuer, extensions: [extensions.digitalSignature()] });
  expect(await explain(signer, [])).toMatchObject({ held: false, believed: false, code: 'trust.empty', path: [] });
});
