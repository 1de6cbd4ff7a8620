import * as v from 'valibot';
import type { Holder } from '../holders/holder.ts';
import { readRowNumber } from '../holders/numbers/row-number.ts';
import type { StationClock } from '../machine/clock.ts';
import { longest, most } from '../result/bounds.ts';
import type { Detail } from '../result/check.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import type { DirectoryCache } from '../store/directory-cache.ts';
import { type Asking, askService } from './asking.ts';
import { personName } from './person-text.ts';

/** What the bank's directory knows, and how old that is. */
export interface DirectoryAnswer {
  readonly holders: readonly Holder[];
  /** When the directory said so, ISO 8601. */
  readonly fetchedAt: string;
  /** Null where it answered just now; else why it was not asked now, and what is told is what it answered then. */
  readonly code: FailureCode | null;
}

/** By what the directory is asked: a number as the house writes it, the customer's or the matter's reference, words of a name, an id. */
export interface DirectoryQuery {
  readonly by: 'number' | 'reference' | 'name' | 'id';
  readonly value: string;
}

/** The bank's own directory of its customers: docs/openapi/directory.json. */
export interface Directory {
  /**
   * Whom a query finds, at most `most.holders`. Where the directory does not answer, what it answered to the same question before,
   * with its age; fails as `askService` does where there is nothing, or nothing young enough.
   */
  find(query: DirectoryQuery): Promise<DirectoryAnswer>;
}

/** What is older is told by nobody: addresses and names of people change, and people die. */
const longestCachedDays = 7;
const day = v.pipe(
  v.string(),
  v.transform(parsePlainDate),
  v.check((date) => date !== null),
  v.transform((date) => date as PlainDate),
);
const since = v.optional(v.strictObject({ since: v.nullable(day) }));

const holderSchema = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(64), v.regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u)),
  personalNumber: v.nullable(v.pipe(v.string(), v.maxLength(longest.number))),
  givenNames: personName,
  surname: personName,
  birthDate: v.nullable(day),
  reference: v.optional(v.pipe(v.string(), v.maxLength(64), v.regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u))),
  identityLevel: v.optional(v.picklist(['confirmed', 'probable', 'unconfirmed'])),
  dormant: since,
  deceased: since,
  emigrated: since,
  protected: since,
});
const answerSchema = v.strictObject({ holders: v.pipe(v.array(holderSchema), v.maxLength(most.holders)) });
type StatedHolder = v.InferOutput<typeof holderSchema>;

/** The directory over https, with what it answered before. */
export function directory(asking: Asking, cache: DirectoryCache, clock: StationClock): Directory {
  const keep = (asked: string, holders: readonly Holder[], fetchedAt: string): void =>
    cache.put(asked, { content: holders as unknown as Detail, fetchedAt });
  return {
    find: async (query) => {
      const asked = questionOf(query);
      try {
        const told = await askService(asking, {
          path: 'holders/find',
          body: { by: query.by, value: query.value, limit: most.holders },
          answer: answerSchema,
        });
        const holders = told.holders.map((stated) => holderOf(stated, clock.today()));
        if (new Set(holders.map(({ id }) => id)).size !== holders.length) throw malformed('one id twice');
        const fetchedAt = clock.now();
        if (query.by === 'id' && holders.some(({ id }) => id !== query.value)) throw malformed('another id');
        keep(asked, holders, fetchedAt);
        // Whom it found is asked for by id when they are chosen, and may be then what they are now.
        for (const holder of holders) keep(questionOf({ by: 'id', value: holder.id }), [holder], fetchedAt);
        return { holders, fetchedAt, code: null };
      } catch (thrown) {
        const failure = asFailure(thrown);
        const kept = failure.code.startsWith('service.') ? cache.get(asked) : null;
        if (kept === null || !isYoung(kept.fetchedAt, clock.now())) throw failure;
        return { holders: kept.content as unknown as readonly Holder[], fetchedAt: kept.fetchedAt, code: failure.code };
      }
    },
  };
}

function questionOf({ by, value }: DirectoryQuery): string {
  return JSON.stringify([by, value]);
}

// A clock that went back makes an answer no younger.
function isYoung(fetchedAt: string, now: string): boolean {
  const days = (Date.parse(now) - Date.parse(fetchedAt)) / 86_400_000;
  return days >= 0 && days <= longestCachedDays;
}

function malformed(reason: string): Failure {
  return new Failure('service.answer-malformed', { reason });
}

// As a register's file is read: a number that is none, or of another day than the birth date, is of nobody.
function holderOf({ personalNumber, ...stated }: StatedHolder, today: PlainDate): Holder {
  const { birthDate, givenNames, surname, ...rest } = stated;
  if (birthDate !== null && (birthDate > today || birthDate < '1800-01-01')) throw malformed('a birth date');
  const number = personalNumber === null ? null : readRowNumber('SWE', personalNumber, { today, birthDate });
  if (number?.outcome === 'refused') throw malformed('a number');
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...(said as Pick<Holder, 'id'>),
    personalNumber: number?.number.key ?? null,
    givenNames: givenNames.normalize('NFC'),
    surname: surname.normalize('NFC'),
    birthDate,
  };
}
