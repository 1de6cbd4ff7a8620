import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type PlainDate } from '../../../main/result/plain-date.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { importLinks } from '../../../main/trust/lists/link-import.ts';
import {
  clockWentBack,
  type DatedList,
  freshness,
  isFreshlySourced,
  isHeldFresh,
  newestKnownDay,
  standardLimits,
} from '../../../main/trust/path/freshness.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import type { TrustSource } from '../../../main/trust/types.ts';
import { emptyContext } from '../../support/german-list.ts';
import { ecTestKey, testAuthority } from '../../support/test-pki.ts';

const day = (text: string): PlainDate => text as PlainDate;
const list = (kind: DatedList['kind'], date: string | null, nextUpdate: string | null = null): DatedList => ({
  kind,
  name: kind,
  date: date === null ? null : day(date),
  nextUpdate: nextUpdate === null ? null : day(nextUpdate),
});
const at = day('2026-11-23');

describe('the age of lists', () => {
  it.each([
    ['a master list of today', list('master-list', '2026-11-23'), 'fresh', 365],
    ['the German list of May', list('master-list', '2026-05-28'), 'fresh', 186],
    ['a master list with 45 days to go', list('master-list', '2026-01-07'), 'soon stale', 45],
    ['a master list on its last day', list('master-list', '2025-11-23'), 'soon stale', 0],
    ['a master list a day later', list('master-list', '2025-11-22'), 'stale', -1],
    ['a revocation list after 90 days', list('revocation-list', '2026-08-25'), 'soon stale', 0],
    ['a revocation list after 91 days', list('revocation-list', '2026-08-24'), 'stale', -1],
    ['a revocation list that says when', list('revocation-list', '2026-11-01', '2027-02-01'), 'fresh', 70],
    // 9303-12 §4.1.5: every 90 days; 30 more where two editions overlap.
    ['a revocation list that says too much', list('revocation-list', '2026-11-01', '2049-12-31'), 'fresh', 98],
    ['a defect list of tomorrow', list('defect-list', '2026-11-24'), 'ahead', 366],
    ['a list without a date', list('master-list', null), 'unknown', null],
  ] as const)('%s', (_what, given, expected, daysLeft) => {
    expect(freshness([given], at)).toMatchObject([{ freshness: expected, daysLeft }]);
  });

  it('is told with what hurts first', () => {
    const lists = [list('master-list', '2026-11-01'), list('master-list', null), list('revocation-list', '2026-08-01')];
    expect(freshness(lists, at).map(({ freshness: found }) => found)).toEqual(['unknown', 'stale', 'fresh']);
  });

  it('never gets better as days go by', () => {
    const order = ['fresh', 'soon stale', 'stale'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 800 }), (early, later) => {
        const rank = (days: number) =>
          order.indexOf(
            freshness([list('master-list', '2026-01-01')], addDays(day('2026-01-01'), days))[0]?.freshness ?? '',
          );
        expect(rank(early + later)).toBeGreaterThanOrEqual(rank(early));
      }),
    );
  });

  it('leaves a certificate that any fresh list holds', () => {
    const of = (kind: TrustSource['kind'], date: string | null): TrustSource => ({
      kind,
      digest: 'd',
      date: date === null ? null : day(date),
    });
    const fresh = (...sources: TrustSource[]) => isFreshlySourced(sources, at, standardLimits);
    expect(fresh(of('master-list', '2024-01-01'), of('master-list', '2026-01-01'))).toBe(true);
    expect(fresh(of('master-list', '2024-01-01'))).toBe(false);
    expect(fresh(of('master-list', null))).toBe(false);
    expect(fresh(of('master-list', '2024-01-01'), of('pinned', '2026-01-01'))).toBe(true);
    expect(fresh(of('pinned', '2025-01-01'))).toBe(false);
    expect(fresh(of('pinned', null))).toBe(false);
    expect(fresh(of('directory', '2026-11-01'))).toBe(false);
    expect(fresh(of('training', null))).toBe(true);
    expect(fresh()).toBe(false);
  });
});

describe('a link certificate of a directory, which nobody signs', () => {
  it('is held as long as what holds the key that proved it', async () => {
    const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
    const [rootKey, linkKey] = [ecTestKey('P-256', 'named', 1), ecTestKey('P-256', 'named', 2)];
    const link = testAuthority(linkKey, scheme, { issuerKey: rootKey, serialNumber: 9 });
    const source = { kind: 'master-list', digest: 'list', date: day('2026-01-01') } as const;
    const { certificates } = await importCertificates([testAuthority(rootKey, scheme)], source, emptyContext);
    const trust = new TrustStore(certificates);
    const directory = { kind: 'directory', digest: 'ldif', date: null } as const;
    const [stored] = importLinks([link], directory, { ...emptyContext, known: certificates }).certificates;
    if (stored === undefined) throw new Error('not taken');
    trust.add(stored);
    const held = (on: string) => isHeldFresh(stored, trust, { at: day(on), limits: standardLimits });
    expect([await held('2026-12-31'), await held('2027-01-01'), await held('2027-01-02')]).toEqual([true, true, false]);
    expect(await isHeldFresh(stored, new TrustStore([stored]), { at, limits: standardLimits })).toBe(false);
  });
});

describe('the clock', () => {
  it.each([
    ['2026-11-23', false],
    ['2026-11-24', false],
    ['2026-11-25', true],
    [null, false],
  ])('on 2026-11-23, having seen %s: went back %s', (newest, expected) => {
    expect(clockWentBack(at, newest === null ? null : day(newest))).toBe(expected);
  });

  it('is measured by the newest day of lists and records', () => {
    const lists = [list('master-list', '2026-05-28'), list('master-list', null), list('revocation-list', '2026-11-01')];
    expect(newestKnownDay({ lists, lastWritten: null })).toBe('2026-11-01');
    expect(newestKnownDay({ lists, lastWritten: day('2026-11-22') })).toBe('2026-11-22');
    expect(newestKnownDay({ lists: [], lastWritten: null })).toBeNull();
  });
});
