import { expect, it } from 'vitest';
import type { Holder } from '../../../main/holders/holder.ts';
import { houseRecords } from '../../../main/house/house-records.ts';
import { unsuccessful } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { caseHolderTaken } from '../../../main/verification/case-holder.ts';
import { errandFacts, noAnswers } from '../../../main/verification/errand-checks.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { policy } from '../../support/own-resources.ts';
import { rejection } from '../../support/rejection.ts';
import { caseFacts } from '../records/case-facts.ts';
import { temporaryFolder, unlockedIn } from '../store/support.ts';

/*
 * One new customer is on file once, whoever asks at the same time: a tester's walk of two desks, each of which had looked before the
 * other one's record was kept.
 */

const willeke: Holder = {
  id: 'case-1',
  personalNumber: null,
  givenNames: 'WILLEKE LISELOTTE',
  surname: 'DE BRUIJN',
  birthDate: '1965-03-10' as PlainDate,
  fromDocument: true,
};
const asa: Holder = {
  ...willeke,
  personalNumber: '199006022397',
  givenNames: 'Åsa',
  surname: 'Öberg',
  birthDate: '1990-06-02' as PlainDate,
};

async function branch() {
  const open = await unlockedIn(temporaryFolder());
  const { keepRecord } = houseRecords(() => open, {
    version: '0.1.0',
    training: true,
    policy,
    newestAt: () => null,
    answers: { caseKept: () => undefined, caseEnded: () => null, taken: () => null },
    publishing: { soon: () => undefined },
  });
  const kept = async (id: string, person: Holder, changes: Partial<CaseFacts> = {}) => {
    const holder = caseHolderTaken({ ...person, id });
    const errand = errandFacts(policy('new-customer'), { ...noAnswers, whyNotEid: 'has none' });
    const facts = caseFacts(id, { purpose: 'new-customer', holder, policy: null, ...errand, ...changes });
    return (await rejection(keepRecord(facts)))?.code ?? null;
  };
  return { open, kept };
}

it('a second case that looked before the first was kept is refused, and puts nobody on file', async () => {
  const { open, kept } = await branch();
  expect(await kept('case-1', willeke)).toBeNull();
  expect(await kept('case-2', willeke)).toBe('decision.verdict-changed');
  // As another document writes the same name: with one forename, in the letters of the state.
  open.holders.importAll([{ ...asa, personalNumber: null, id: 'from-register' }]);
  expect(await kept('case-3', { ...asa, personalNumber: null, surname: 'OEBERG', givenNames: 'AASA LINNEA' })).toBe(
    'decision.verdict-changed',
  );
  expect(open.holders.count()).toBe(2);
  expect(open.records.count()).toBe(1);
});

it('so is one whose number is on file by now, whatever the name there', async () => {
  const { open, kept } = await branch();
  open.holders.importAll([{ ...asa, id: 'from-register', surname: 'Ek', birthDate: null }]);
  expect(await kept('case-2', asa)).toBe('decision.verdict-changed');
});

it('whose century nobody tells is looked for in both', async () => {
  const { open, kept } = await branch();
  open.holders.importAll([{ ...asa, personalNumber: null, id: 'from-register', birthDate: '1890-06-02' as PlainDate }]);
  expect(await kept('case-2', { ...asa, personalNumber: null, birthDate: null })).toBe('decision.verdict-changed');
});

it('another person is put on file: another name, or another day of birth', async () => {
  const { open, kept } = await branch();
  expect(await kept('case-1', willeke)).toBeNull();
  expect(await kept('case-2', { ...willeke, givenNames: 'JOHANNA', surname: 'VISSER' })).toBeNull();
  expect(await kept('case-3', { ...willeke, birthDate: '1999-01-01' as PlainDate })).toBeNull();
  expect(open.holders.count()).toBe(3);
});

// Staff, and the colleague to whom it was referred, saw who is on file and said that this is somebody else.
it('who was shown to those who decided keeps nobody out', async () => {
  const { open, kept } = await branch();
  open.holders.importAll([{ ...willeke, id: 'her-mother', fromDocument: false as never }]);
  const shown = ['holder.name', 'holder.birth-date'] as const;
  const checks = shown.map((id) =>
    unsuccessful(id, 'undetermined', 'holder.on-file-already', { onFile: ['her-mother'] }),
  );
  const decision = {
    outcome: 'go-on',
    reason: 'her mother bears the name',
    by: { sign: 'AB', source: 'typed' },
  } as const;
  const told = { checks, decision, verdict: { ...caseFacts('any').verdict, verdict: 'refer' as const } };
  expect(await kept('case-1', willeke)).toBe('decision.verdict-changed');
  expect(await kept('case-1', willeke, told)).toBeNull();
  expect(open.holders.count()).toBe(2);
});
