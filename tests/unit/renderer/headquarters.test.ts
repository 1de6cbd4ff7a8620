import { describe, expect, it } from 'vitest';
import type { HeadquartersView } from '../../../preload/contract.ts';
import {
  ageInWords,
  broughtBy,
  fetchedWords,
  lastDeliveredAt,
  pulledWords,
  setRows,
  takenWords,
  waitingWords,
  writtenWords,
} from '../../../renderer/office/headquarters-view.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { textsIn } from '../../../resources/texts/texts.ts';

/* Headquarters in words (docs/fleet.md): what is compared stands there whole, what ends soon is said before it ends. */

const t = textsIn('en');
const certificate = {
  subject: 'CN=styrk-station-1',
  fingerprint: 'ab'.repeat(32),
  notAfter: '2027-03-01',
  daysLeft: 91,
};
const set: NonNullable<HeadquartersView['set']> = {
  ...{ host: 'hq.bank.example', port: 5432, database: 'styrk', user: 'styrk-station-1' },
  certificate,
  authority: null,
  ...{ identified: true, password: false, sealingKey: 'cd'.repeat(32), issuingKey: null, receives: true },
  ...{ setAt: '2026-11-01T08:00:00Z', setBy: ['A. Berg', 'C. Dahl'] },
};
const delivery: NonNullable<HeadquartersView['delivery']> = {
  parts: [
    { part: 'records', newest: 9, delivered: 7, deliveredAt: '2026-11-28T08:00:00Z' },
    { part: 'answers', newest: 3, delivered: 3, deliveredAt: '2026-11-29T08:00:00Z' },
  ],
  waiting: 2,
  waitingSince: '2026-11-27T20:00:00Z',
  last: null,
  wentBack: null,
  pulled: [{ kind: 'trust', number: 4, issuedAt: '2026-11-20T08:00:00Z', takenAt: '2026-11-21T08:00:00Z' }],
  lastPull: null,
};

describe('what is set', () => {
  const rowOf = (changed: Partial<typeof set>, field: string) =>
    setRows({ ...set, ...changed }, 'en', t).find((row) => row.field === field);

  it('names server, proofs and keys; keys are there to be compared', () => {
    expect(rowOf({}, 'server')?.words).toBe('hq.bank.example:5432, styrk');
    expect(rowOf({}, 'sealingKey')).toMatchObject({ words: 'cd'.repeat(32), compare: true });
    expect(rowOf({}, 'issuingKey')?.words).toBe('Nobody: nothing is taken from there');
    expect(rowOf({}, 'authority')?.words).toBe('Any generally known authority');
    expect(rowOf({}, 'setBy')?.words).toMatch(/by A\. Berg, C\. Dahl$/);
    expect(rowOf({ certificate: null }, 'certificate')?.words).toBe('Its last day cannot be read from the file');
    expect(rowOf({ certificate: null, identified: false }, 'certificate')?.words).toBe('None');
  });

  it.each([
    [31, null, '31 days left'],
    [29, 'refer', '29 days left'],
    [1, 'refer', '1 day left'],
    [-1, 'failed', 'no longer valid'],
  ])('of a certificate with %i days left', (daysLeft, mark, words) => {
    const row = rowOf({ certificate: { ...certificate, daysLeft } }, 'certificate');
    expect(row?.mark).toBe(mark);
    expect(row?.words).toMatch(new RegExp(`^CN=styrk-station-1, until .*2027 · ${words}$`));
  });
});

describe('what waits', () => {
  it('is counted, with the age of the oldest', () => {
    expect(waitingWords(delivery, '2026-11-28T09:30:00Z', 'en', t)).toBe('2, the oldest for 13 hours');
    expect(waitingWords({ ...delivery, waiting: 0 }, '2026-11-28T09:30:00Z', 'en', t)).toBe('Nothing');
    expect(waitingWords({ ...delivery, waitingSince: null }, '2026-11-28T09:30:00Z', 'en', t)).toBe('2');
    // A clock that went back makes nothing younger than it is.
    expect(waitingWords(delivery, '2026-11-01T00:00:00Z', 'en', t)).toBe('2, the oldest for 0 minutes');
  });

  it.each(languages)('has an age in %s', (language) => {
    const ages = [30_000, 5 * 60_000, 3 * 60 * 60_000, 50 * 60 * 60_000].map((millis) => ageInWords(language, millis));
    expect(ages.map((age) => Number.parseInt(age, 10))).toEqual([0, 5, 3, 2]);
    expect(new Set(ages.map((age) => age.replace(/\d+\s*/, ''))).size).toBeGreaterThanOrEqual(3);
  });

  it('was delivered last when the newest of all parts was', () => {
    expect(lastDeliveredAt(delivery)).toBe('2026-11-29T08:00:00Z');
    expect(lastDeliveredAt({ ...delivery, parts: [] })).toBeNull();
  });
});

describe('what came of it', () => {
  it('counts what somebody counts: a checkpoint goes with its record', () => {
    expect(broughtBy({ records: 3, checkpoints: 1, answers: 2, erasures: 1 })).toBe(6);
  });

  it('names each issue and how it fared, or that there is nothing new', () => {
    expect(fetchedWords({ issues: [], refused: [] }, t)).toEqual(['Nothing new from headquarters.']);
    // What was refused is told beside it: that is not nothing.
    const refused = [{ kind: 'trust', number: 3, code: 'bundle.signer-not-pinned' } as const];
    expect(fetchedWords({ issues: [], refused }, t)).toEqual([]);
    const issues = [{ kind: 'blocked', number: 3, outcome: 'taken' } as const];
    expect(fetchedWords({ issues, refused }, t)).toEqual(['Blocked documents, number 3: taken']);
    expect(takenWords({ issue: { kind: 'trust', number: 2, outcome: 'older' } }, t)).toEqual([
      'Certificates, lists and policies, number 2: this station has newer',
    ]);
    expect(pulledWords(delivery, 'en', t)[0]).toMatch(/^Certificates, lists and policies: number 4, taken .*2026/);
  });

  it('says what a file holds, whether more waits, and what a receipt confirms', () => {
    const rows = { records: 3, checkpoints: 1, answers: 2, erasures: 0 };
    expect(writtenWords(null, t)).toEqual([]);
    expect(writtenWords({ file: 'a.delivery', rows, more: false }, t)).toEqual([
      'a.delivery is written, with 5 that headquarters has not confirmed.',
    ]);
    expect(writtenWords({ file: 'a.delivery', rows, more: true }, t)).toHaveLength(2);
    expect(takenWords(null, t)).toEqual([]);
    expect(takenWords({ arrived: rows }, t)).toEqual([
      'Headquarters has confirmed 3 records, 2 answers and 0 erasures of this station.',
    ]);
  });
});
