import { describe, expect, it } from 'vitest';
import type { Holder } from '../../../main/holders/holder.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { caseHolder, caseHolderTaken, documentSeen, holderTaken } from '../../../main/verification/case-holder.ts';
import { caseFacts } from '../records/case-facts.ts';

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
    expect(documentSeen(facts, policy)).toEqual({
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
    expect(documentSeen({ ...facts, ...changes } as typeof facts, policy)).toBeNull();
  });

  it('and never where the policy does not say so', () => {
    expect(documentSeen(facts, { knownDocuments: 'none' })).toBeNull();
  });
});
