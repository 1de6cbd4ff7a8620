import { expect, it } from 'vitest';
import { countCertificates } from '../../../main/trust/lists/count-certificates.ts';
import { germanList, today } from '../../support/german-list.ts';
import { describeWithRealData } from '../../support/real-data.ts';

describeWithRealData('what the store says of the German list', () => {
  it('counts by name and by key, and each orphan by country and year', async () => {
    const { certificates } = await germanList();
    const { counts, byCountry, orphans } = countCertificates(certificates, today);
    expect(counts).toMatchObject({
      certificates: 588,
      countries: 112,
      selfIssued: 504,
      links: 84,
      selfSigned: 375,
      verified: 576,
      orphans: 12,
    });
    expect(orphans.map(({ country, year }) => `${country} ${year}`).join()).toBe(
      'AE 2017,AT 2011,BG 2014,CY 2014,HU 2018,LB 2018,LV 2015,MA 2021,MD 2017,PH 2017,TR 2013,UZ 2020',
    );
    expect(byCountry.find(({ country }) => country === 'SE')).toEqual({
      country: 'SE',
      certificates: 5,
      keys: 3,
      links: 2,
      orphans: 0,
      validUntil: '2038-11-02',
    });
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
