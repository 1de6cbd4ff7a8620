import { describe, expect, it } from 'vitest';
import type { Holder, KnownDocument } from '../../../main/holders/holder.ts';
import { fitOf } from '../../../main/holders/search.ts';
import { findInDirectory, holderOfId } from '../../../main/house/asked-services.ts';
import { houseRecords } from '../../../main/house/house-records.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import type { HoldersRepository } from '../../../main/store/types.ts';
import { caseHolder } from '../../../main/verification/case-holder.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { policy as own } from '../../support/own-resources.ts';
import { caseFacts } from '../records/case-facts.ts';
import { temporaryFolder, unlockedIn } from '../store/support.ts';

/*
 * The files that a station imports and the bank's own directory give ids of their own: one id may be two people's, and neither is
 * taken for the other (docs/services.md).
 */

const today = '2026-11-23' as PlainDate;
const asa: Holder = {
  id: '4711',
  personalNumber: '199006022397',
  givenNames: 'Åsa',
  surname: 'Öberg',
  birthDate: '1990-06-02' as PlainDate,
};
const bo: Holder = { ...asa, personalNumber: '198001019876', givenNames: 'Bo', surname: 'Ek' };
const seen: KnownDocument = {
  issuer: 'FRA',
  kind: 'passport',
  number: 'K1',
  seenBy: 'AB',
  seenOn: '2026-11-01' as PlainDate,
};

const asked: string[] = [];
const services = {
  directory: () => ({
    find: async ({ value }: { readonly value: string }) => {
      asked.push(value);
      return { holders: value === '4711' || value === 'EK' ? [bo] : [], fetchedAt: '2026-11-23T09:00:00Z', code: null };
    },
  }),
};
const store = (known: readonly KnownDocument[] = [], onFile: readonly Holder[] = [asa]) =>
  ({
    holders: { get: (id: string) => onFile.find((holder) => holder.id === id) ?? null },
    knownDocuments: { of: (id: string) => (id === 'directory:4711' || id === '4711' ? known : []) },
  }) as unknown as Parameters<typeof holderOfId>[0];

describe('who is meant by an id', () => {
  it('is on file here by an id of a file, and the directory is not asked', async () => {
    expect(await holderOfId(store(), services, '4711')).toEqual(asa);
    expect(await holderOfId(store(), services, '4712')).toBeNull();
    expect(asked).toEqual([]);
  });

  it("is the directory's by an id that says so, with when it said it", async () => {
    const told = { ...bo, id: 'directory:4711', directory: { saidAt: '2026-11-23T09:00:00Z', code: null } };
    expect(await holderOfId(store(), services, 'directory:4711')).toEqual(told);
    expect(asked).toEqual(['4711']);
    expect(await holderOfId(store(), services, 'directory:4712')).toBeNull();
    const around = { today, viewer: 'supervisor', holders: { find: () => [] } } as const;
    expect((await findInDirectory(services, 'Ek', around))?.holders).toEqual([told]);
  });

  it('is nobody where a file of an earlier app brought an id of that form', async () => {
    const odd = { ...asa, id: 'directory:4711' };
    expect(await holderOfId(store([], [odd]), services, 'directory:4711')).toBeNull();
  });

  it('comes with the documents that cases put on file', async () => {
    expect((await holderOfId(store([seen]), services, '4711'))?.documents).toEqual([seen]);
    expect((await holderOfId(store([seen]), services, 'directory:4711'))?.documents).toEqual([seen]);
    const named = { ...asa, documents: [{ ...seen, seenBy: 'register' }] };
    expect((await holderOfId(store([seen], [named]), services, '4711'))?.documents).toEqual(named.documents);
  });
});

// An equal number alone is nobody's proof (Eur J Epidemiol 2009, 9350), and the directory may know what the file does not: who died.
describe('who is on file and in the directory', () => {
  const dead = { deceased: { since: null } } as const;
  const holdersOf = (onFile: readonly Holder[]): Pick<HoldersRepository, 'find'> => ({
    find: (query, limit = 20) => {
      const found = onFile.filter((holder) => fitOf(holder, query) !== 'none');
      if (found.length > limit) throw new Failure('holder.too-many', { count: found.length });
      return found.map((holder) => ({ holder, matchedBy: query.kind }));
    },
  });
  const listed = async (onFile: readonly Partial<Holder>[], inDirectory: Partial<Holder>, query = '19900602-2397') => {
    const answer = { holders: [{ ...asa, ...inDirectory }], fetchedAt: '2026-11-23T09:00:00Z', code: null };
    const holders = holdersOf(onFile.map((one, index) => ({ ...asa, id: `on-file-${index}`, ...one })));
    const around = { today, viewer: 'teller', holders } as const;
    const found = await findInDirectory({ directory: () => ({ find: async () => answer }) }, query, around);
    return found?.holders.map(({ id }) => id);
  };

  it('is listed once, as on file, where both say the same', async () => {
    expect(await listed([{}], {})).toEqual([]);
    expect(await listed([{ surname: 'Oeberg' }], {})).toEqual([]);
    expect(await listed([{ birthDate: null }], {}, 'Öberg Åsa')).toEqual([]);
    expect(await listed([dead], dead)).toEqual([]);
    expect(await listed([{ protected: { since: null } }], { protected: { since: null } })).toEqual([]);
  });

  it('is listed twice where they say different things', async () => {
    for (const other of [
      dead,
      { dormant: { since: null } },
      { emigrated: { since: null } },
      { protected: { since: null } },
      { identityLevel: 'probable' as const },
      { surname: 'Ek' },
      { givenNames: 'Åsa Maria' },
      { birthDate: '1990-06-03' as PlainDate },
      { personalNumber: null },
    ]) {
      expect(await listed([{}], other), JSON.stringify(other)).toEqual(['directory:4711']);
      expect(await listed([other], {}), JSON.stringify(other)).toEqual(['directory:4711']);
    }
  });

  it("is listed as the directory's where the same text does not find them on file, or too many", async () => {
    expect(await listed([{}], { reference: 'L-17' }, 'L-17')).toEqual(['directory:4711']);
    const many = Array.from({ length: 30 }, () => ({}));
    expect(await listed(many, {}, 'Öberg')).toEqual(['directory:4711']);
  });
});

// A document without a number is matched next time by what an accepted case put on file (docs/policies.md).
describe('the document of a case that was kept', () => {
  it("is its person's from then on where the case was accepted, and never where it was referred", async () => {
    const open = await unlockedIn(temporaryFolder());
    open.holders.importAll([asa]);
    const { keepRecord } = houseRecords(() => open, {
      version: '0.1.0',
      training: true,
      policy: own,
      newestAt: () => null,
      answers: { caseKept: () => undefined, caseEnded: () => undefined, taken: () => null } as never,
      publishing: { soon: () => undefined },
    });
    const facts = (id: string, changes: Partial<CaseFacts> = {}) =>
      caseFacts(id, {
        holder: caseHolder(asa),
        endedAt: '2026-11-23T09:03:12Z',
        readAt: '2026-11-23T09:01:40Z',
        policy: null,
        ...changes,
      });
    const { verdict, decision } = facts('any');
    const referred = {
      verdict: { ...verdict, verdict: 'refer' as const },
      decision: { ...decision, reason: 'I know her' },
    };
    await keepRecord(facts('case-1', referred));
    expect((await holderOfId(open, services, '4711'))?.documents).toBeUndefined();
    await keepRecord(facts('case-2'));
    const known = (await holderOfId(open, services, '4711'))?.documents;
    expect(known).toEqual([
      { issuer: 'SWE', kind: 'passport', number: 'AA123456', seenBy: 'anna', seenOn: '2026-11-23' },
    ]);
    // A register that comes later replaces the person, and leaves what was seen.
    open.holders.importAll([{ ...asa, personalNumber: null }]);
    expect((await holderOfId(open, services, '4711'))?.documents).toEqual(known);
  });
});
