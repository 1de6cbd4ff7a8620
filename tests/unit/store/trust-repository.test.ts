import { describe, expect, it } from 'vitest';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import type { StoredCertificate, TrustSource } from '../../../main/trust/types.ts';
import { openIn, temporaryFolder } from './support.ts';

const list: TrustSource = { kind: 'master-list', digest: 'aa'.repeat(32), date: '2026-05-28' as PlainDate };
const laterList: TrustSource = { kind: 'master-list', digest: 'bb'.repeat(32), date: null };
const pinned: TrustSource = { kind: 'pinned', digest: 'cc'.repeat(32), date: null };

function certificate(name: string, changes: Partial<StoredCertificate['summary']> = {}, sources = [list]) {
  const summary: StoredCertificate['summary'] = {
    fingerprint: name,
    publicKeyFingerprint: `key of ${name}`,
    country: 'SE',
    subject: 'CN=Swedish Country Signing CA v2,O=Polismyndigheten,C=SE',
    issuer: 'CN=Swedish Country Signing CA v2,O=Polismyndigheten,C=SE',
    subjectKey: 'c=se|o=polismyndigheten',
    issuerKey: 'c=se|o=polismyndigheten',
    serialNumber: '01',
    subjectKeyIdentifier: 'ab12',
    authorityKeyIdentifier: null,
    keyKind: 'RSA 4096',
    signatureAlgorithm: 'RSASSA-PSS SHA-256',
    notBefore: '2020-01-01' as PlainDate,
    notAfter: '2030-01-01' as PlainDate,
    kind: 'self-signed',
    ...changes,
  };
  return { summary, der: new Uint8Array([0x30, name.length]), verifiedBy: name, sources } satisfies StoredCertificate;
}

describe('the trust store', () => {
  it('gives back what went in, also to the next start', async () => {
    const folder = temporaryFolder();
    const one = certificate('one');
    const first = openIn(folder);
    expect(first.trust.insert([one])).toEqual({ new: 1, known: 0 });
    first.close();
    const { trust } = openIn(folder);
    expect(trust.list()).toEqual([one]);
    expect(trust.get('one')).toEqual(one);
    expect(trust.get('two')).toBeNull();
    expect([trust.count(), await trust.size()]).toEqual([1, 1]);
    expect(trust.sources()).toEqual([list]);
  });

  it('finds candidates by key identifier or subject, each once', async () => {
    const { trust } = openIn(temporaryFolder());
    trust.insert([
      certificate('one'),
      certificate('doubled', { subjectKeyIdentifier: 'ab12', subjectKey: 'other' }),
      certificate('nameless', { subjectKeyIdentifier: null }),
      certificate('elsewhere', { subjectKeyIdentifier: 'ff', subjectKey: 'elsewhere' }),
    ]);
    const names = async (keyIdentifier: string | null, subjectKey: string | null) =>
      (await trust.candidates({ keyIdentifier, subjectKey })).map(({ summary }) => summary.fingerprint);
    expect(await names('ab12', null)).toEqual(['doubled', 'one']);
    expect(await names(null, 'c=se|o=polismyndigheten')).toEqual(['nameless', 'one']);
    expect(await names('ab12', 'c=se|o=polismyndigheten')).toEqual(['doubled', 'nameless', 'one']);
    expect(await names(null, null)).toEqual([]);
    expect(await names('00', 'nobody')).toEqual([]);
  });

  it('adds sources and a verifier to a known certificate and counts it as known', () => {
    const { trust } = openIn(temporaryFolder());
    const orphan: StoredCertificate = { ...certificate('one'), verifiedBy: null };
    trust.insert([orphan]);
    expect(trust.insert([certificate('one', {}, [list, laterList]), certificate('two', {}, [pinned])])).toEqual({
      new: 1,
      known: 1,
    });
    expect(trust.get('one')).toMatchObject({ verifiedBy: 'one', sources: [list, laterList] });
    trust.insert([{ ...certificate('one'), verifiedBy: null }]);
    expect(trust.get('one')?.verifiedBy).toBe('one');
    expect(trust.sources()).toEqual([list, laterList, pinned]);
  });

  it('lists one country in the order of validity', () => {
    const { trust } = openIn(temporaryFolder());
    trust.insert([
      certificate('late', { notAfter: '2035-01-01' as PlainDate }),
      certificate('early', { notAfter: '2025-01-01' as PlainDate }),
      certificate('german', { country: 'DE' }),
    ]);
    expect(trust.list('SE').map(({ summary }) => summary.fingerprint)).toEqual(['early', 'late']);
    expect(trust.list('XX')).toEqual([]);
  });

  it('takes a whole import or nothing of it', () => {
    const { trust } = openIn(temporaryFolder());
    const wrong = certificate('two', { kind: 'neither' as 'link' });
    expect(() => trust.insert([certificate('one'), wrong])).toThrow();
    expect([trust.count(), trust.sources()]).toEqual([0, []]);
  });
});
