import { describe, expect, it } from 'vitest';
import type { Holder } from '../../../main/holders/holder.ts';
import { matchHolder } from '../../../main/holders/match.ts';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import {
  caseHolder,
  caseHolderTaken,
  documentSeen,
  holderTaken,
  withKnownDocuments,
} from '../../../main/verification/case-holder.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { type MadeDocument, readDocument } from '../holders/support.ts';
import { caseFacts } from '../records/case-facts.ts';

const nobody = () => null;

const asa: Holder = {
  id: 'c1',
  personalNumber: '199006022397',
  givenNames: 'Åsa',
  surname: 'Öberg',
  birthDate: '1990-06-02' as PlainDate,
  numbers: [{ country: 'FIN', key: '131052-308T', validFrom: null, validTo: null, replacedBecause: null }],
  documents: [{ issuer: 'FRA', kind: 'passport', number: 'K1', seenBy: 'bo', seenOn: '2025-03-03' as PlainDate }],
  identityLevel: 'probable',
  deceased: { since: null },
  protected: { since: '2020-02-02' as PlainDate },
  reference: 'M-17',
};

// GDPR art. 5(1)(c): a record holds what it needs.
describe('the holder of a record', () => {
  it('is who it was, and no more of what the register knows', () => {
    const { id, personalNumber, givenNames, surname, birthDate } = asa;
    const row = expect.stringMatching(/^[0-9a-f]{64}$/);
    const kept = { id, personalNumber, givenNames, surname, birthDate, protected: true, row };
    expect(caseHolder(asa)).toEqual(kept);
    // Whom an earlier case took from a document this one did not take.
    expect(caseHolder({ ...asa, fromDocument: true })).toEqual(kept);
  });

  it('who was taken from a document keeps the numbers that it named', () => {
    expect(caseHolderTaken(asa).numbers).toEqual([{ country: 'FIN', key: '131052-308T' }]);
  });
});

describe('who was taken from a document goes on file', () => {
  it('with the document, who saw it and when, and with its numbers', () => {
    const facts = caseFacts('c1', { holder: caseHolderTaken(asa) });
    const { document, decision, endedAt } = facts;
    if (document === null) throw new Error('a case without a document');
    expect(holderTaken(facts)).toEqual({
      id: 'c1',
      personalNumber: '199006022397',
      givenNames: 'Åsa',
      surname: 'Öberg',
      birthDate: '1990-06-02',
      fromDocument: true,
      numbers: asa.numbers,
      documents: [
        {
          issuer: document.issuer,
          kind: 'passport',
          number: document.number,
          seenBy: decision.by.sign,
          seenOn: endedAt.slice(0, 10),
        },
      ],
    });
    expect(holderTaken({ ...facts, document: null })?.documents).toBeUndefined();
  });

  // Else the document of whoever comes in their name would be put on file as theirs, refused or not.
  it('once: no later case of the same person writes them anew, and none that was not gone on with', () => {
    const taken = caseHolderTaken(asa);
    expect(holderTaken(caseFacts('case-2', { holder: taken }))).toBeNull();
    expect(holderTaken(caseFacts('case-2', { holder: caseHolder({ ...asa, fromDocument: true }) }))).toBeNull();
    const { decision } = caseFacts('c1');
    const refused = { holder: taken, decision: { ...decision, outcome: 'stop' as const } };
    expect(holderTaken(caseFacts('c1', refused))).toBeNull();
  });

  it('nobody else does', () => {
    expect(holderTaken(caseFacts('case-1', { holder: caseHolder(asa) }))).toBeNull();
    expect(holderTaken(caseFacts('case-1', { holder: null }))).toBeNull();
  });
});

// A document without a number is matched by one that somebody has seen as this person's: only a case that was accepted puts it there.
describe('the document of a case goes on file as known', () => {
  const policy = { knownDocuments: 'accepted' } as const;
  const facts = caseFacts('case-1', { holder: caseHolder(asa) });
  const { decision, verdict, document } = facts;

  it('with issuer, kind and number, who saw it and when, where the case was accepted', () => {
    expect(documentSeen(facts, policy, nobody)).toEqual({
      issuer: 'SWE',
      kind: 'passport',
      number: 'AA123456',
      seenBy: 'anna',
      seenOn: '2026-11-23',
    });
  });

  it.each([
    ['a verdict that was referred, also where somebody went on', { verdict: { ...verdict, verdict: 'refer' } }],
    ['a rejected one', { verdict: { ...verdict, verdict: 'reject' }, decision: { ...decision, outcome: 'stop' } }],
    ['a case that was stopped', { decision: { ...decision, outcome: 'stop' } }],
    ['a case that was referred', { decision: { ...decision, outcome: 'refer' } }],
    ['a case that a colleague decided', { referral: { recordId: 'case-0', at: facts.endedAt, by: decision.by } }],
    ['an earlier reading', { freshness: { recordId: 'case-0', readAt: facts.endedAt } }],
    ['faces that nobody compared', { face: null }],
    ['faces of which nobody is sure', { face: { answer: 'unsure', reason: null } }],
    ['nobody', { holder: null }],
    ['no document', { document: null }],
    ['a permit', { document: { ...document, code: 'IR', type: 'residence-permit' } }],
  ] as const)('never of %s', (_, changes) => {
    for (const knownDocuments of ['accepted', 'approved'] as const)
      expect(documentSeen({ ...facts, ...changes } as typeof facts, { knownDocuments }, nobody)).toBeNull();
  });

  it('and never where the policy does not say so', () => {
    expect(documentSeen(facts, { knownDocuments: 'none' }, nobody)).toBeNull();
  });
});

// A document that never had a number is never accepted by itself: two people, one of them a supervisor, can put it on file.
describe('a document without a number goes on file where a supervisor approves it', () => {
  const policy = { knownDocuments: 'approved' } as const;
  const accepted = caseFacts('case-1-2', { holder: caseHolder(asa) });
  const operator = (sign: string) => ({ sign, source: 'operator', operatorId: `id-${sign}` }) as const;
  const roleOf = (id: string) => (({ 'id-SU': 'supervisor', 'id-TE': 'teller' }) as const)[id] ?? null;
  const none = { issuer: 'FRA', onFile: true, inDocument: false };
  const number = unsuccessful('holder.personal-number', 'undetermined', 'holder.no-personal-number', none);
  if (accepted.document === null) throw new Error('no document');
  const document = { ...accepted.document, issuer: 'FRA', number: 'K7654321' };
  const referral = { recordId: 'case-1', at: accepted.endedAt, by: operator('TE') };
  const [name, birthDate] = [successful('holder.name'), successful('holder.birth-date')];
  const facts = {
    ...accepted,
    document,
    checks: [number, name, birthDate],
    verdict: {
      ...accepted.verdict,
      verdict: 'refer',
      reasons: ['holder.no-personal-number'],
      decidedBy: 'holder.personal-number',
    },
    decision: { outcome: 'go-on', reason: 'knows her', by: operator('SU') },
    referral,
  } satisfies CaseFacts;

  it('with who approved it and when', () => {
    expect(documentSeen(facts, policy, roleOf)).toEqual({
      issuer: 'FRA',
      kind: 'passport',
      number: 'K7654321',
      seenBy: 'SU',
      seenOn: '2026-11-23',
    });
  });

  // A teller opens the case, may not let it pass alone, and the supervisor signs in where it stands open.
  it('also where a colleague had opened the case before the supervisor came to it', () => {
    expect(documentSeen({ ...facts, handledBy: [operator('TF'), operator('SU')] }, policy, roleOf)).not.toBeNull();
  });

  const { referral: _, ...unreferred } = facts;
  const { decision, verdict } = facts;
  it.each<[string, CaseFacts | Partial<CaseFacts>]>([
    [
      'a teller',
      { decision: { ...decision, by: operator('TE') }, referral: { ...referral, by: operator('SU') }, handledBy: [] },
    ],
    ['one whom nobody knows any more', { decision: { ...decision, by: operator('XX') } }],
    ['a sign that was typed', { decision: { ...decision, by: { sign: 'SU', source: 'typed', operatorId: 'id-SU' } } }],
    ['the supervisor who referred it', { referral: { ...referral, by: operator('SU') } }],
    ['a supervisor who had the case in between', { handledBy: [operator('SU'), operator('TE'), operator('SU')] }],
    ['a supervisor who rejects it', { decision: { ...decision, outcome: 'stop' } }],
    ['a supervisor who sends it on', { decision: { ...decision, outcome: 'refer' } }],
    [
      'against another finding too',
      { verdict: { ...verdict, reasons: ['holder.no-personal-number', 'document.expired'] } },
    ],
    ['against a forged one', { verdict: { ...verdict, verdict: 'reject' } }],
    [
      'where a name is near',
      { checks: [number, unsuccessful('holder.name', 'undetermined', 'holder.name-near'), birthDate] },
    ],
    ['where nobody compared the birth date', { checks: [number, name] }],
    [
      'where the document holds a number',
      { checks: [{ ...number, detail: { ...none, inDocument: true } }, name, birthDate] },
    ],
    [
      'where its number differs',
      { checks: [unsuccessful('holder.personal-number', 'failed', 'holder.personal-number-differs'), name, birthDate] },
    ],
    ['where two numbers were compared', { checks: [number, successful('holder.personal-number'), name, birthDate] }],
    ['where faces are not the same', { face: { answer: 'unsure', reason: 'older' } }],
    ['on an earlier reading', { freshness: { recordId: 'case-0', readAt: facts.endedAt } }],
    ['of a permit', { document: { ...document, code: 'IR', type: 'residence-permit' } }],
    ['of a document without a number of its own', { document: { ...document, number: '' } }],
  ])('not by %s', (_, changes) => {
    expect(documentSeen({ ...facts, ...changes }, policy, roleOf)).toBeNull();
  });

  it('and not by a supervisor alone, without a referral, nor under another policy', () => {
    expect(documentSeen(unreferred, policy, roleOf)).toBeNull();
    for (const knownDocuments of ['none', 'accepted'] as const)
      expect(documentSeen(facts, { knownDocuments }, roleOf)).toBeNull();
  });

  // Once on file it speaks for that document and for that person alone.
  it('and speaks then for no other issuer, kind or number, and on no other row', () => {
    const seen = documentSeen(facts, policy, roleOf);
    const known = seen === null ? [] : [seen];
    const numberOf = (holder: Holder, changes: Partial<MadeDocument>) => {
      const { surname, givenNames } = holder;
      const birthDate = '1990-06-02' as PlainDate;
      const made = { surname, givenNames, birthDate, issuer: 'FRA', documentNumber: 'K7654321', ...changes };
      const checks = matchHolder({ holder, ...readDocument(made, '2026-11-23' as PlainDate) });
      return checks.find(({ id }) => id === 'holder.personal-number')?.result;
    };
    const hers = withKnownDocuments(asa, known);
    expect(numberOf(hers, {})).toBe('successful');
    expect(numberOf(hers, { issuer: 'BEL' })).toBe('undetermined');
    expect(numberOf(hers, { documentCode: 'ID' })).toBe('undetermined');
    expect(numberOf(hers, { documentNumber: 'K7654322' })).toBe('undetermined');
    expect(numberOf(asa, {})).toBe('undetermined');
  });
});
