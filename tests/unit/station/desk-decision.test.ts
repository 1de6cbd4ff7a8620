import { beforeEach, describe, expect, test } from 'vitest';
import type { Inspection } from '../../../main/inspection/types.ts';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import { Failure } from '../../../main/result/failure.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import type { Arguments } from '../../../preload/contract.ts';
import { anna, day, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';
import { rejection } from '../../support/rejection.ts';

let fake: FakeHouse;
let timers: FakeTimers;
let desk: Desk;

beforeEach(async () => {
  fake = new FakeHouse();
  timers = new FakeTimers();
  desk = createDesk({ ...fake.beside, house: fake.house, standIn: false, newCaseId: () => 'case-1', timers });
  await desk.start();
});

type Decision = Arguments<'case.decide'>[0];

/** The code with which a call ends, null where it ends well. */
async function codeOf(act: () => unknown): Promise<string | null> {
  return (await rejection((async () => act())()))?.code ?? null;
}

async function decide(outcome: Decision['outcome'], reason: string | null = null): Promise<string | null> {
  const input = { outcome, reason, sign: null, seen: fake.verdict };
  return codeOf(() => desk.answers['case.decide'](input));
}

const view = () => {
  const open = desk.state().case;
  if (open === null) throw new Error('no case');
  return open;
};

async function begun(purpose: Arguments<'case.choosePurpose'>[0] = 'large-transfer'): Promise<void> {
  await desk.answers['case.begin']();
  await desk.answers['case.choosePurpose'](purpose);
  if (purpose !== 'new-customer') await desk.answers['case.chooseHolder'](anna.id);
}

async function read(inspection: Inspection = wholeInspection()): Promise<void> {
  fake.lay();
  await desk.answers['case.setAccessKey']({ kind: 'can', can: '123456' });
  await settled();
  await fake.current.finish(inspection);
}

async function compared(): Promise<void> {
  await begun();
  await read();
  await desk.answers['case.answerFace']('same', null);
}

describe('going on against refer', () => {
  beforeEach(() => {
    fake.verdict = 'refer';
  });

  test('needs a document that was laid down', async () => {
    await begun();
    await desk.answers['case.goTo']('decide');
    expect(view().goOnHindrance).toBe('decision.no-reading');
    expect(await decide('go-on', 'I know her')).toBe('decision.no-reading');
    expect(fake.records).toEqual([]);
    expect(await decide('refer')).toBeNull();
  });

  test('needs one that says what it is: a chip that was torn away at once is none', async () => {
    await begun();
    await read(wholeInspection({ document: null, portrait: null }));
    expect(await decide('go-on', 'I know her')).toBe('decision.no-reading');
  });

  test('needs an answer to the face question', async () => {
    await begun();
    await read();
    expect(view().goOnHindrance).toBe('face.not-compared');
    expect(await decide('go-on', 'I know her')).toBe('face.not-compared');
  });

  test('is for one person alone where the policy says so', async () => {
    await compared();
    fake.alone = false;
    expect(view().goOnHindrance).toBe('decision.needs-second');
    expect(await decide('go-on', 'I know her')).toBe('decision.needs-second');
    fake.alone = true;
    expect(view().goOnHindrance).toBeNull();
    expect(await decide('go-on', 'I know her')).toBeNull();
    expect(fake.records[0]).toMatchObject({ decision: { outcome: 'go-on', reason: 'I know her' } });
  });
});

describe('what was read is judged again when the case is decided (TR-03135-1 §5.6: for the day and the lists of the decision)', () => {
  const revoked = unsuccessful('passive-authentication.revocation', 'failed', 'certificate.revoked');

  test('a list that arrived meanwhile changes the verdict, which staff see before they decide', async () => {
    await compared();
    fake.judgeAgain = (inspection) => {
      fake.verdict = 'reject';
      return { ...inspection, checks: [...inspection.checks, revoked] };
    };
    const seen = { outcome: 'go-on', reason: null, sign: null, seen: 'accept' } as const;
    expect(await codeOf(() => desk.answers['case.decide'](seen))).toBe('decision.verdict-changed');
    expect(fake.records).toEqual([]);
    expect(view()).toMatchObject({ verdict: { verdict: 'reject' }, goOnHindrance: 'decision.not-allowed' });
    expect(view().checks).toContainEqual(revoked);
    expect(await decide('stop')).toBeNull();
    expect(fake.records[0]?.checks).toContainEqual(revoked);
  });

  test('another reason is another verdict, though the word is the same', async () => {
    fake.verdict = 'refer';
    fake.reasons = ['holder.name-near'];
    await compared();
    fake.judgeAgain = (inspection) => {
      fake.reasons = ['trust.list-stale'];
      return { ...inspection };
    };
    expect(await decide('go-on', 'married last week')).toBe('decision.verdict-changed');
    expect(await decide('go-on', 'the list was fetched an hour ago')).toBeNull();
  });

  // A policy of a bundle that the side door took, a document that headquarters blocked: nothing here has told the page.
  test('what another process changed since the page was told is seen before it is decided, conditions too', async () => {
    fake.verdict = 'refer';
    fake.reasons = ['holder.name-near'];
    await compared();
    fake.reasons = ['register.blocked'];
    expect(await decide('go-on', 'married last week')).toBe('decision.verdict-changed');
    expect(view().verdict?.reasons).toEqual(['register.blocked']);
    const { judge } = fake.house;
    Object.assign(fake.house, {
      judge: (...asked: Parameters<typeof judge>) => ({
        ...judge(...asked),
        conditions: [{ condition: 'scope', scope: 'this-visit-only' }],
      }),
    });
    expect(await decide('go-on', 'married last week')).toBe('decision.verdict-changed');
    expect(fake.records).toEqual([]);
    expect(await decide('go-on', 'married last week')).toBeNull();
    expect(fake.records[0]?.verdict.conditions).toHaveLength(1);
  });

  // The folder was held by the import that brought it.
  test('another policy that comes while the record waits for the folder is one to look at first', async () => {
    await compared();
    fake.held = true;
    const deciding = codeOf(() =>
      desk.answers['case.decide']({ outcome: 'go-on', reason: null, sign: null, seen: 'accept' }),
    );
    await settled();
    fake.evidenceMinutes = 31;
    fake.held = false;
    timers.advance(1_000);
    expect(await deciding).toBe('decision.verdict-changed');
    expect(fake.records).toEqual([]);
    expect(await decide('go-on')).toBeNull();
  });

  // A tester's walk of two desks: a register by which the customer has died, and a list by which the document was withdrawn, came into
  // force while the record waited, and the case went on all the same.
  test.each<[string, string, () => void]>([
    [
      'a list',
      'decision.verdict-changed',
      () => {
        fake.judgeAgain = (inspection) => {
          fake.verdict = 'reject';
          return { ...inspection, checks: [...inspection.checks, revoked] };
        };
      },
    ],
    [
      'a register',
      'decision.verdict-changed',
      () => {
        fake.onFile = { ...anna, surname: 'Ek' };
        Object.assign(fake.house, {
          matchHolder: (_: unknown, holder: typeof anna | null) => {
            if (holder?.surname === 'Ek') fake.verdict = 'refer';
            return [];
          },
        });
      },
    ],
    [
      'a register without the customer',
      'holder.not-found',
      () => {
        fake.onFile = null;
      },
    ],
  ])('%s that comes while the record waits for the folder is looked at first: %s', async (_, code, comes) => {
    await compared();
    fake.held = true;
    const deciding = decide('go-on');
    await settled();
    comes();
    fake.held = false;
    timers.advance(1_000);
    expect(await deciding).toBe(code);
    expect(fake.records).toEqual([]);
  });

  test('nothing that came while the record waited: it is kept, with the checks of the last judging', async () => {
    await compared();
    fake.held = true;
    const deciding = decide('go-on');
    await settled();
    const judged = fake.judgedFor.length;
    const again = successful('passive-authentication.validity', { at: 'today' });
    fake.judgeAgain = (inspection) => ({ ...inspection, checks: [...inspection.checks, again] });
    timers.advance(1_000);
    await settled();
    expect(fake.judgedFor).toHaveLength(judged);
    fake.held = false;
    timers.advance(1_000);
    expect(await deciding).toBeNull();
    expect(fake.judgedFor).toHaveLength(judged + 1);
    expect(fake.records[0]?.checks).toContainEqual(again);
  });

  // It may let go of the folder before a try is over: then there is no further one.
  test('what another process wrote since it was judged is judged by in the first try too', async () => {
    await compared();
    let judged = 0;
    fake.judgeAgain = (inspection) => {
      judged += 1;
      if (judged === 1) fake.writtenElsewhere += 1;
      else fake.verdict = 'reject';
      return { ...inspection };
    };
    expect(await decide('go-on')).toBe('decision.verdict-changed');
    expect([judged, fake.records]).toEqual([2, []]);
  });

  // Another desk put the new customer on file between the judging and the record (`refuseKnown`).
  test('what the record itself finds is judged once more, so that staff see it', async () => {
    await compared();
    fake.recordFailure = 'decision.verdict-changed';
    const judged = fake.judgedFor.length;
    expect(await decide('go-on')).toBe('decision.verdict-changed');
    expect(fake.judgedFor).toHaveLength(judged + 2);
    expect(fake.records).toEqual([]);
  });

  test('what closes going on while the record waits for the folder keeps the case open', async () => {
    fake.verdict = 'refer';
    await compared();
    fake.held = true;
    const deciding = decide('go-on', 'I know her');
    await settled();
    // An override taken back, an order that expired, its bank taken out: whatever the policy or the folder says by now.
    fake.alone = false;
    fake.held = false;
    timers.advance(1_000);
    expect(await deciding).toBe('decision.needs-second');
    expect(fake.records).toEqual([]);
    fake.held = true;
    const referring = decide('refer');
    await settled();
    fake.held = false;
    timers.advance(1_000);
    expect(await referring).toBeNull();
  });

  test('what work on the lists changes is seen at once, not only at the decision', async () => {
    await compared();
    fake.judgeAgain = (inspection) => ({ ...inspection, checks: [revoked] });
    fake.chosen = ['list.crl'];
    expect(await codeOf(() => desk.answers['trust.import']())).toBe('trust.file-unknown');
    await settled();
    expect(view().checks).toContainEqual(revoked);
  });

  test('an earlier judging that ends meanwhile does not take the place of the one for the decision', async () => {
    await compared();
    const [earlier, later] = [Promise.withResolvers<Inspection>(), Promise.withResolvers<Inspection>()];
    fake.judgeAgain = () => earlier.promise;
    fake.chosen = ['list.crl'];
    await codeOf(() => desk.answers['trust.import']());
    fake.judgeAgain = () => later.promise;
    const seen = { outcome: 'go-on', reason: null, sign: null, seen: 'accept' } as const;
    const deciding = codeOf(() => desk.answers['case.decide'](seen));
    // One worker judges, in its turn: the earlier one ends first, by the lists that were there then.
    earlier.resolve(wholeInspection());
    await settled();
    fake.verdict = 'reject';
    later.resolve(wholeInspection({ checks: [revoked] }));
    expect(await deciding).toBe('decision.verdict-changed');
    expect(view().checks).toContainEqual(revoked);
    expect(fake.records).toEqual([]);
  });

  test('where it cannot be judged nothing is decided, and the case can be abandoned', async () => {
    await compared();
    fake.judgeAgain = () => {
      throw new Failure('storage.corrupt');
    };
    expect(await decide('go-on')).toBe('storage.corrupt');
    expect(fake.records).toEqual([]);
    await desk.answers['case.abandon'](null, null);
    expect(fake.records).toHaveLength(1);
  });

  test('nothing else is done to the case meanwhile, and the end of the app waits for it', async () => {
    await compared();
    const gate = Promise.withResolvers<Inspection>();
    fake.judgeAgain = () => gate.promise;
    const deciding = decide('go-on');
    expect(await codeOf(() => desk.answers['case.tap']())).toBe('case.busy');
    expect(await decide('stop')).toBe('case.busy');
    const left = desk.leave();
    gate.resolve(wholeInspection());
    expect(await deciding).toBeNull();
    await left;
    expect(fake.records).toMatchObject([{ decision: { outcome: 'go-on' } }]);
  });
});

describe('the customer is looked up again when the case is decided', () => {
  beforeEach(compared);

  test('as they are on file by then they stand in the record', async () => {
    fake.onFile = { ...anna, surname: 'Eriksson Ek' };
    expect(await decide('go-on')).toBeNull();
    expect(fake.records[0]?.holder).toMatchObject({ surname: 'Eriksson Ek' });
  });

  test('nobody goes on for somebody who is on file no more', async () => {
    fake.onFile = null;
    expect(await decide('go-on')).toBe('holder.not-found');
    expect(fake.records).toEqual([]);
    expect(await decide('stop', 'nobody we know')).toBeNull();
  });

  test('a directory that does not answer changes nothing; any other fault is told', async () => {
    fake.holderFails = 'storage.locked';
    expect(await decide('go-on')).toBe('storage.locked');
    fake.holderFails = 'service.too-slow';
    expect(await decide('go-on')).toBeNull();
  });
});

describe('the age of what was read', () => {
  test.each([
    ['the machine has counted the minutes', () => timers.advance(15 * 60_000 + 1)],
    ['the machine slept and the wall clock went on', () => (fake.now = '2026-11-23T10:15:01Z')],
    ['the wall clock was set back', () => (fake.now = '2026-11-23T09:59:59Z')],
  ])('closes going on when %s, until the document is laid down again', async (_, pass) => {
    fake.evidenceMinutes = 15;
    await compared();
    expect(view().goOnHindrance).toBeNull();
    pass();
    expect(await decide('go-on')).toBe('case.evidence-old');
    expect(view().goOnHindrance).toBe('case.evidence-old');
    await desk.answers['case.tap']();
    await settled();
    await fake.current.finish(wholeInspection());
    await desk.answers['case.answerFace']('same', null);
    expect(await decide('go-on')).toBeNull();
    expect(fake.records[0]).toMatchObject({ readAt: fake.now, endedAt: fake.now });
  });

  test('keeps nobody from referring or stopping', async () => {
    await compared();
    timers.advance(24 * 60 * 60_000);
    expect(await decide('refer')).toBeNull();
  });
});

describe('a new customer', () => {
  const person = {
    personalNumber: null,
    givenNames: 'ERIKA',
    surname: 'MUSTERMANN',
    birthDate: day('1964-08-12'),
    fromDocument: true,
  } as const;

  beforeEach(() => {
    fake.holderFrom = 'from-document';
    fake.newHolder = { person, onFile: [], tooMany: false, namesContradict: false };
  });

  async function newcomer(): Promise<void> {
    await begun('new-customer');
    await read();
    await desk.answers['case.answerFace']('same', null);
  }

  test('is looked for in no register: the chip comes first', async () => {
    await begun('new-customer');
    expect(view()).toMatchObject({ step: 'chip', holderFromDocument: true, newPerson: null, holder: null });
    expect(await codeOf(() => desk.answers['case.goTo']('holder'))).toBe('case.not-open');
    expect(await codeOf(() => desk.answers['case.confirmPerson'](true))).toBe('case.not-open');
  });

  test('is confirmed by staff as the document names them, and is on file with the record', async () => {
    await newcomer();
    expect(view().newPerson).toMatchObject({ person: { surname: 'MUSTERMANN' }, onFile: [], confirmed: false });
    expect(await decide('go-on')).toBe('case.person-unconfirmed');
    await desk.answers['case.confirmPerson'](true);
    expect(view()).toMatchObject({ goOnHindrance: null, newPerson: { confirmed: true } });
    expect(await decide('go-on')).toBeNull();
    expect(fake.records[0]?.holder).toEqual({ id: 'case-1', ...person });
  });

  test.each(['refer', 'stop'] as const)('is not on file where staff %s', async (outcome) => {
    await newcomer();
    expect(await decide(outcome)).toBeNull();
    expect(fake.records[0]?.holder).toBeNull();
  });

  test('is confirmed anew where another document names another person', async () => {
    await newcomer();
    await desk.answers['case.confirmPerson'](true);
    fake.newHolder = { person: { ...person, givenNames: 'ERNA' }, onFile: [], tooMany: false, namesContradict: false };
    expect(view().newPerson?.confirmed).toBe(false);
    expect(await decide('go-on')).toBe('case.person-unconfirmed');
  });

  test('shows who on file may be the same', async () => {
    fake.newHolder = { person, onFile: [anna], tooMany: false, namesContradict: false };
    await newcomer();
    expect(view().newPerson).toMatchObject({ onFile: [{ id: anna.id }], onFileCount: 1 });
  });

  test('whose errand turns out to be another is looked for on file', async () => {
    await newcomer();
    fake.holderFrom = 'on-file';
    await desk.answers['case.choosePurpose']('large-transfer');
    expect(view()).toMatchObject({ step: 'holder', newPerson: null, holderFromDocument: false });
  });
});
