import { describe, expect, it } from 'vitest';
import type { Holder, KnownDocument } from '../../../main/holders/holder.ts';
import { successful } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { caseHolder } from '../../../main/verification/case-holder.ts';
import {
  type EarlierCase,
  earlierChecks,
  endsReuse,
  type PresentCase,
  reuseHindrance,
} from '../../../main/verification/freshness.ts';

const finnish = { country: 'FIN', key: '131052-308T', validFrom: null, validTo: null, replacedBecause: null } as const;
const known = (number: string): KnownDocument => ({
  issuer: 'SWE',
  kind: 'passport',
  number,
  seenBy: 'bo',
  seenOn: '2025-03-03' as PlainDate,
});
const holder: Holder = {
  id: 'c-1',
  personalNumber: '198001019876',
  givenNames: 'Åsa',
  surname: 'Ek',
  birthDate: '1980-01-01' as PlainDate,
  numbers: [finnish],
  documents: [known('XA0000009')],
};
const earlier: EarlierCase = {
  id: 'r-1',
  purpose: 'large-transfer',
  holder: caseHolder(holder),
  document: {
    type: 'passport',
    code: 'P',
    issuer: 'SWE',
    number: 'XA0000001',
    expiry: '2031-05-20' as PlainDate,
    holder: {
      surname: 'EK',
      givenNames: 'AASA',
      personalNumber: null,
      birthDate: '1980-01-01' as PlainDate,
      sex: 'F',
      nationality: 'SWE',
    },
  },
  access: null,
  checks: [
    successful('passive-authentication.signature'),
    successful('document.expiry', { expiry: '2031-05-20', at: '2026-11-20' }),
    successful('document.paper'),
    successful('document.second'),
    successful('holder.name'),
    successful('face.comparison'),
    successful('face.presentation-attack'),
  ],
  verdict: { verdict: 'accept' },
  decision: { outcome: 'go-on' },
  readAt: '2026-11-28T12:00:00.000Z',
};
const until = (now: string) => (instant: string) => (Date.parse(now) - Date.parse(instant)) / 60_000;
const now: PresentCase = {
  freshness: { minutes: 30, purposes: ['large-transfer'] },
  holder,
  documentNumber: 'xa 0000001',
  minutesSince: until('2026-11-28T12:30:00.000Z'),
  today: '2026-11-28' as PlainDate,
  listsChangedAt: '2026-11-28T11:59:59.000Z',
};
const document = (changes: object) => ({ document: { ...earlier.document, ...changes } as EarlierCase['document'] });

describe('an earlier reading', () => {
  it('counts again within the limit, for the same person with the same document', () => {
    expect(reuseHindrance(earlier, now)).toBeNull();
  });

  it.each<[string, Partial<EarlierCase>, Partial<PresentCase>, string]>([
    ['a policy that reads each time', {}, { freshness: null }, 'freshness.not-for-purpose'],
    ['a case of another errand', { purpose: 'renew-bankid' }, {}, 'freshness.not-for-purpose'],
    ['a case without an errand', { purpose: null }, {}, 'freshness.not-for-purpose'],
    [
      'a case that rests on an earlier one',
      { freshness: { recordId: 'r-0', readAt: '2026-11-28T11:50:00Z' } },
      {},
      'freshness.chained',
    ],
    ['a case that was referred', { verdict: { verdict: 'refer' } }, {}, 'freshness.not-accepted'],
    ['a case that was stopped', { decision: { outcome: 'stop' } }, {}, 'freshness.not-accepted'],
    ['another person', {}, { holder: { ...holder, id: 'c-2' } }, 'freshness.other-holder'],
    [
      'a person whom the register names otherwise now',
      {},
      { holder: { ...holder, surname: 'Berg' } },
      'freshness.other-holder',
    ],
    [
      'a person with a number of another state that they did not have then',
      {},
      { holder: { ...holder, numbers: [finnish, { ...finnish, key: '131052A308T' }] } },
      'freshness.other-holder',
    ],
    [
      'a person whose number is theirs no more',
      {},
      { holder: { ...holder, numbers: [{ ...finnish, validTo: '2026-11-27' as PlainDate }] } },
      'freshness.other-holder',
    ],
    ['a known document that is off file now', {}, { holder: { ...holder, documents: [] } }, 'freshness.other-holder'],
    [
      'another known document on file now',
      {},
      { holder: { ...holder, documents: [known('XA0000009'), known('XA0000008')] } },
      'freshness.other-holder',
    ],
    [
      'the level of a coordination number that is another now',
      {},
      { holder: { ...holder, identityLevel: 'unconfirmed' } },
      'freshness.other-holder',
    ],
    [
      'a record of an earlier app, which does not tell what was on file',
      { holder: { ...caseHolder(holder), row: undefined } as never },
      {},
      'freshness.other-holder',
    ],
    ['nobody on file', {}, { holder: null }, 'freshness.other-holder'],
    ['another document', {}, { documentNumber: 'XA0000002' }, 'freshness.other-document'],
    ['a minute past the limit', {}, { minutesSince: until('2026-11-28T12:31:00.000Z') }, 'freshness.past'],
    ['a clock set back', {}, { minutesSince: until('2026-11-28T11:59:59.000Z') }, 'freshness.past'],
    ['a reading of an unknown time', { readAt: 'soon' }, {}, 'freshness.past'],
    ['a record of an earlier app, without that time', { readAt: undefined } as never, {}, 'freshness.not-accepted'],
    ['a document that ended meanwhile', document({ expiry: '2026-11-27' }), {}, 'document.expired'],
    ['a document that never ends', document({ expiry: null }), {}, 'document.expired'],
    ['lists that came since', {}, { listsChangedAt: '2026-11-28T12:00:00.000Z' }, 'freshness.lists-changed'],
  ])('does not count: %s', (_name, before, present, code) => {
    expect(reuseHindrance({ ...earlier, ...before }, { ...now, ...present })).toBe(code);
  });

  it('counts where its own document was put on file since, and no other change was made', () => {
    const since = { ...holder, documents: [known('XA0000001'), known('XA0000009')] };
    expect(reuseHindrance(earlier, { ...now, holder: since })).toBeNull();
    // Known then and off file now: somebody has looked at it.
    const before = { ...earlier, holder: caseHolder(since) };
    expect(reuseHindrance(before, { ...now, holder: since })).toBeNull();
    expect(reuseHindrance(before, now)).toBe('freshness.other-holder');
  });

  // A check that was not made now is never shown as made now.
  it('brings its checks with the record that they were made for; what people answer is answered anew', () => {
    const checks = earlierChecks(earlier, now.today);
    expect(checks.map(({ id }) => id)).toEqual(['passive-authentication.signature', 'document.expiry', 'holder.name']);
    expect(checks[0]?.detail).toEqual({ earlierRecord: 'r-1' });
    expect(checks[1]?.detail).toEqual({ expiry: '2031-05-20', at: '2026-11-28' });
  });
});

// A document is blocked, refused or referred between two errands: what came later of it or of the person ends the reuse.
describe('a later record', () => {
  const of = (changes: Partial<EarlierCase>) => ({ ...earlier, holder: null, document: null, ...changes });
  const rejected = { verdict: { verdict: 'reject' }, decision: { outcome: 'stop' } } as const;
  const referred = { verdict: { verdict: 'refer' }, decision: { outcome: 'refer' } } as const;
  const lower = document({ number: 'xa 0000001' });

  it.each<[string, Parameters<typeof endsReuse>[0], boolean]>([
    ['accepted and gone on with', of({ document: earlier.document, holder: earlier.holder }), false],
    ['of the same document, rejected', of({ ...lower, ...rejected }), true],
    ['of the same document, referred and not decided', of({ ...lower, ...referred }), true],
    ['of the same document, accepted and stopped', of({ ...lower, decision: { outcome: 'stop' } }), true],
    ['of the same document, gone on with against refer', of({ ...lower, verdict: { verdict: 'refer' } }), true],
    ['of the same document, left', of({ ...lower, decision: { outcome: 'abandoned' } }), true],
    ['of the same document laid second', { ...of(rejected), second: { document: earlier.document } }, true],
    ['of the same person with another document, rejected', of({ holder: earlier.holder, ...rejected }), true],
    ['of another document and person, rejected', of({ ...document({ number: 'XA0000002' }), ...rejected }), false],
    ['of a document of that number of another state', of({ ...document({ issuer: 'FIN' }), ...rejected }), false],
    ['of nothing that was read, for nobody', of(rejected), false],
  ])('%s', (_, later, ends) => {
    expect(endsReuse(later, earlier)).toBe(ends);
  });
});
