import { describe, expect, it } from 'vitest';
import { type Referral, referralText } from '../../../../main/house/referral.ts';
import {
  casesThatFit,
  mostTravelling,
  type Outcome,
  outcomeFacts,
  readCases,
  readOutcomes,
  writeCases,
  writeOutcomes,
} from '../../../../main/house/travel/travelling-case.ts';
import { recordOf } from '../../../../main/records/record.ts';
import { asFailure } from '../../../../main/result/failure.ts';
import { givenOrder } from '../../../../main/verification/order-case.ts';
import type { CaseFacts } from '../../../../main/verification/types.ts';
import { anOrder } from '../../../support/orders.ts';

/* A trusted station may have been taken over: what it sends has a known form, or nothing of it is used (docs/referrals.md). */

const kiosk = 'station-1111111111111111';
const desk = 'station-2222222222222222';

const referral: Referral = {
  id: '3f2a9c41-0000-4000-8000-000000000001',
  at: '2026-11-30T10:00:00Z',
  by: { sign: 'kiosk', source: 'operating-system' },
  handledBy: [],
  reason: null,
  verdict: {
    verdict: 'refer',
    reasons: ['face.not-compared'],
    decidedBy: 'face.comparison',
    passedOver: [],
    conditions: [],
  },
  purpose: 'renew-bankid',
  holder: { id: 'K-1', personalNumber: null, givenNames: 'Åsa', surname: 'Öberg', birthDate: null },
  holderNotOnFile: false,
  keyKind: 'mrz',
  face: { comparison: { answer: 'unsure', reason: null }, portrait: Uint8Array.of(1, 2, 3) },
  confirmed: null,
  answers: { paper: { feel: 'right' }, register: null, ageLimit: 18, whyNotEid: null },
  order: givenOrder(anOrder({ purpose: null }), 'signed', 'key-1'),
  readAt: '2026-11-30T09:59:00Z',
  taps: 1,
  inspection: null,
};

const read = (...referrals: readonly Referral[]) => readCases(writeCases(referrals.map(referralText)), kiosk);
const codeOf = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (thrown) {
    return asFailure(thrown).code;
  }
};
const changed = (changes: object): Referral => ({ ...referral, ...changes }) as Referral;
const malformed = 'referral.file-malformed';

describe('cases in a file', () => {
  it('come as they went, each with the station that it came from, whatever it said itself', () => {
    const pretended = changed({ from: { station: desk } });
    expect(read(pretended)).toEqual([{ ...referral, from: { station: kiosk } }]);
  });

  it.each([
    ['an id that is a path', { id: '../styrk' }],
    ['no day', { at: 'yesterday' }],
    ['a purpose that nobody has', { purpose: 'withdraw-all' }],
    ['a verdict of its own making', { verdict: { ...referral.verdict, verdict: 'fine' } }],
    ['a reason that no check has', { verdict: { ...referral.verdict, reasons: ['__proto__'] } }],
    ['who referred it as an object', { by: { sign: { toString: 'x' }, source: 'operator' } }],
    ['somebody who is nobody', { by: { sign: '', source: 'operator' } }],
    ['a person without a name', { holder: { id: 'K-1' } }],
    ['a comparison nobody could make', { face: { comparison: { answer: 'twins', reason: null }, portrait: null } }],
    ['a portrait that is text', { face: { comparison: referral.face?.comparison, portrait: 'x' } }],
    ['an answer of the register of another form', { answers: { ...referral.answers, register: { answer: 'maybe' } } }],
    ['fewer taps than none', { taps: -1 }],
    ['an earlier reading of another station', { reused: { recordId: 'a', readAt: referral.at, documentNumber: 'b' } }],
    ['an order of another hash', { order: { ...referral.order, hash: '00'.repeat(32) } }],
    ['an order that is read otherwise', { order: { ...referral.order, order: anOrder({ text: 'Till \u202egnI' }) } }],
    ['an order of no source', { order: { ...referral.order, source: 'heard' } }],
    ['what no worker tells of a chip', { inspection: { checks: [{ id: 'x' }] } }],
    ['the same of a second document', { second: { keyKind: null, readAt: null, taps: 0, inspection: {} } }],
  ])('with %s are refused, all of them', (_, changes) => {
    expect(codeOf(() => read(referral, { ...changed(changes), ...('id' in changes ? {} : { id: 'another' }) }))).toBe(
      malformed,
    );
  });

  it.each([
    ['nothing', ''],
    ['no case', '{"cases":[]}'],
    ['a case as an object', '{"cases":[{}]}'],
    ['null', '{"cases":["null"]}'],
    ['no end of brackets', `{"cases":["${'['.repeat(200_000)}"]}`],
    ['no end of brackets outside', '['.repeat(200_000)],
    ['bytes that are no text', '{"cases":["\ufffd'],
    ['more beside them', '{"cases":["1"],"more":1}'],
  ])('of %s are refused', (_, plain) => {
    expect(codeOf(() => readCases(new TextEncoder().encode(plain), kiosk))).toBe(malformed);
  });

  it('more than may be, and one twice, are refused', () => {
    const many = Array.from({ length: mostTravelling + 1 }, (_, index) => changed({ id: `case-${index}` }));
    expect(codeOf(() => read(...many))).toBe(malformed);
    expect(read(...many.slice(1))).toHaveLength(mostTravelling);
    expect(codeOf(() => read(referral, referral))).toBe(malformed);
  });

  it('with any byte changed are read or refused, and nothing else happens', () => {
    const plain = writeCases([referralText(referral)]);
    const other = new Set<string | null>();
    for (let place = 0; place < plain.length; place++) {
      const torn = plain.slice();
      torn[place] = (torn[place] ?? 0) ^ (1 << (place % 8));
      other.add(codeOf(() => readCases(torn, kiosk)));
    }
    expect([...other].filter((code) => code !== null && code !== malformed)).toEqual([]);
  });
});

const facts: CaseFacts = {
  id: `${referral.id}-2`,
  training: false,
  stationKind: 'attended',
  purpose: 'renew-bankid',
  holder: null,
  document: null,
  access: null,
  checks: [],
  reading: null,
  face: null,
  verdict: referral.verdict,
  policy: null,
  decision: { outcome: 'stop', reason: null, by: { sign: 'EF', source: 'operator', operatorId: 'id-EF' } },
  begunAt: '2026-11-30T11:00:00Z',
  endedAt: '2026-11-30T11:05:00Z',
  readAt: referral.readAt,
  taps: 1,
  referral: { recordId: referral.id, at: referral.at, by: referral.by, station: kiosk },
  order: { ...givenOrder(anOrder({ purpose: null }), 'signed', 'key-1'), boundBy: 'station', nonce: null },
};

describe('how a case ended', () => {
  const hash = 'ab'.repeat(32);
  const outcome = (changes: Partial<CaseFacts> = {}): Extract<Outcome, { ended: 'decided' }> => ({
    id: referral.id,
    ended: 'decided',
    content: JSON.parse(JSON.stringify(recordOf({ ...facts, ...changes }, { id: desk, appVersion: '1' }))),
    hash,
  });
  const around = { from: desk, here: kiosk, training: false };
  const kept = (end: Outcome, by = around) => {
    const [told] = readOutcomes(writeOutcomes([end]));
    if (told?.ended !== 'decided') throw new Error('not decided');
    return outcomeFacts(told, referral, by);
  };

  it('is a record here as it was decided there, and says where', () => {
    expect(kept(outcome())).toEqual({
      ...facts,
      referral: { recordId: referral.id, at: referral.at, by: referral.by },
      elsewhere: { station: desk, hash },
    });
  });

  it('takes the order from what was handed over, not from who decided it', () => {
    const told = outcome();
    const { order } = told.content;
    const other = { ...order, order: anOrder({ text: 'Another' }), source: 'typed' };
    expect(kept({ ...told, content: { ...told.content, order: other } } as Outcome).order).toMatchObject({
      order: anOrder({ purpose: null }),
      source: 'signed',
      issuerKey: 'key-1',
    });
  });

  it.each([
    ['another case', () => kept(outcome({ referral: { ...facts.referral, recordId: 'other' } as never }))],
    ['another record', () => kept(outcome({ id: 'other-2' }))],
    ['another errand', () => kept(outcome({ purpose: 'replace-device' }))],
    ['training', () => kept(outcome({ training: true }))],
    [
      'a case that another station handed over',
      () => kept(outcome({ referral: { ...facts.referral, station: desk } as never })),
    ],
    ['a case without its order', () => kept(outcome({ order: undefined as never }))],
    ['another order', () => kept(outcome({ order: { ...facts.order, hash: '00'.repeat(32) } as never }))],
    ['a record of a third station', () => kept(outcome(), { ...around, from: kiosk })],
    ['no decision', () => kept(outcome({ decision: { outcome: 'maybe' } as never }))],
    [
      'a check that nobody makes',
      () => kept(outcome({ checks: [{ id: 'x', result: 'successful', detail: {} }] as never })),
    ],
    ['no hash', () => kept({ ...outcome(), hash: 'x' })],
    ['the same twice', () => readOutcomes(writeOutcomes([outcome(), outcome()]))],
    ['nothing', () => readOutcomes(writeOutcomes([]))],
  ])('of %s is refused', (_, act) => {
    expect(codeOf(act)).toBe(malformed);
  });
});

describe('what a file has room for', () => {
  const waiting = ['{"a":"1"}', '{"b":"å\\"2"}', 'x'.repeat(50)].map((text) => ({ text }));
  const written = (count: number): number => writeCases(waiting.slice(0, count).map(({ text }) => text)).length;

  it('is what is written, to the byte of the comma behind the last', () => {
    for (const count of [1, 2, 3]) {
      expect(casesThatFit(waiting, written(count) + 1)).toEqual(waiting.slice(0, count));
      expect(casesThatFit(waiting, written(count) - 1)).toEqual(waiting.slice(0, count - 1));
    }
  });
});
