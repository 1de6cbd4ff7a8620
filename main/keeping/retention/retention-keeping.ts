import type { RandomSource } from '../../crypto/random.ts';
import { sha256 } from '../../crypto/sealing.ts';
import type { StationClock } from '../../machine/clock.ts';
import { numbersText } from '../../records/record-numbers.ts';
import {
  type Erasure,
  type Hold,
  ledgerOf,
  mostHeldYears,
  type RetentionEventKind,
  type RetentionLedger,
} from '../../records/retention.ts';
import { toHex } from '../../result/bytes.ts';
import { canonicalBytes } from '../../result/canonical-json.ts';
import { Failure } from '../../result/failure.ts';
import { addYears, type PlainDate } from '../../result/plain-date.ts';
import type { KeptRecord } from '../../store/retention/record-index.ts';
import type { Store, UnlockedStore } from '../../store/types.ts';
import { refuseReason } from '../answering.ts';
import { dueRecords, endOf, followAll, followedAtOnce } from './due-records.ts';
import { type ErasedRecords, eraseDue } from './erase-due.ts';

/** Which records are meant: one, by its number or its id, or all of a person on file. */
export type MeantRecords = { readonly record: string } | { readonly customer: string };

/** A hold as people see it; authority and reason are null where they do not open. */
export interface StandingHold {
  readonly hold: number;
  readonly until: PlainDate;
  readonly records: readonly number[];
  readonly authority: string | null;
  readonly reason: string | null;
}

/** Records that went on one day by one rule. */
export interface ErasedGroup extends Erasure {
  readonly records: readonly number[];
}

/** How records stand on a day. */
export interface RetentionState {
  /** Whose time is over, by number. */
  readonly due: readonly number[];
  /** The next day on which a record's time is over, and how many have an end at all; null where none has. */
  readonly next: PlainDate | null;
  readonly holds: readonly StandingHold[];
  /** How many were erased so far. */
  readonly erased: number;
}

/**
 * How long records are kept (AMLR 2024/1624 art. 77; docs/retention.md). Each call is an act of the station, chained and signed,
 * that names records by number alone; which they are is judged in the transaction that keeps it, so that no other process erases
 * one, or says anything of it, between. All of it needs the key and fails with `trust.tampered` where others touched what acts rest
 * on. Where `read` is given and others are meant by now than those that people read, with `confirm.changed`.
 */
export interface RetentionKeeping {
  /**
   * The bank says from which day the years run; null takes that back. A later word takes the place of an earlier one. Of a
   * customer those records are meant that were there on that day. Fails with `record.not-found`, `record.erased`,
   * `retention.customer-unknown`, `retention.day`.
   */
  readonly report: (
    meant: MeantRecords,
    event: { readonly kind: RetentionEventKind; readonly on: PlainDate } | null,
    by: readonly string[],
    read?: readonly number[],
  ) => { readonly act: number; readonly records: readonly number[] };
  /**
   * An authority has records kept longer: five years more at most. Who, and why, is sealed; the act holds a commitment to it.
   * Fails as `report`, and with `decision.reason-missing`, `retention.hold-too-long`.
   */
  readonly hold: (
    meant: MeantRecords,
    hold: { readonly authority: string; readonly reason: string; readonly until: PlainDate },
    by: readonly string[],
    read?: readonly number[],
  ) => { readonly hold: number; readonly records: readonly number[] };
  /** A hold keeps its records no longer. Fails with `retention.hold-unknown`. */
  readonly release: (hold: number, by: readonly string[]) => void;
  /** The ids of the records that are meant, with the act that they were extracted. Fails as `report`. */
  readonly extracted: (
    meant: MeantRecords,
    audience: string,
    by: readonly string[],
    read?: readonly number[],
  ) => { readonly records: readonly number[]; readonly ids: readonly string[] };
  readonly state: () => RetentionState;
  /** The numbers of the records that are meant. Fails as `report`. */
  readonly meant: (meant: MeantRecords) => readonly number[];
  /** What was erased, by day and rule, the newest first: so many groups at most. */
  readonly erasures: (most: number) => readonly ErasedGroup[];
  /** Takes in some of the records that were written since; whether all are in now. The rest of this does it by itself. */
  readonly catchUp: () => boolean;
  /** As `eraseDue`. */
  readonly eraseDue: (around: { readonly signs: readonly string[]; readonly most: number }) => Promise<ErasedRecords>;
}

/** Over one data folder; `open` fails with `storage.locked` while it is locked. */
export function retentionKeeping(
  store: Store,
  open: () => UnlockedStore,
  { clock, random }: { readonly clock: StationClock; readonly random: RandomSource },
): RetentionKeeping {
  const meantRecords = (meant: MeantRecords): readonly KeptRecord[] => {
    const unlocked = open();
    followAll(unlocked);
    const { retention } = unlocked;
    if ('customer' in meant) {
      const kept = retention.ofHolder(meant.customer).flatMap((number) => retention.kept(number) ?? []);
      if (kept.length === 0) throw new Failure('retention.customer-unknown');
      return kept;
    }
    const number = /^\d{1,15}$/.test(meant.record) ? Number(meant.record) : retention.numberOf(meant.record);
    const kept = number === null ? null : retention.kept(number);
    if (kept === null) throw new Failure('record.not-found', { id: meant.record });
    if (kept.erased) throw new Failure('record.erased', { number: kept.number });
    return [kept];
  };
  const numbersOf = (records: readonly KeptRecord[]): readonly number[] => records.map(({ number }) => number);
  /** One transaction of what is meant and what is done to it. Time and random bytes are asked for before: others wait meanwhile. */
  const withMeant = <Answer>(
    meant: MeantRecords,
    read: readonly number[] | undefined,
    act: (found: readonly KeptRecord[]) => Answer,
  ): Answer => {
    const unlocked = open();
    // In short transactions of its own, so that little is left to take in within that one.
    followAll(unlocked);
    return unlocked.atOnce(() => {
      const found = meantRecords(meant);
      if (read !== undefined && numbersText(numbersOf(found)) !== numbersText(read))
        throw new Failure('confirm.changed');
      return act(found);
    });
  };

  return {
    report: (meant, event, by, read) => {
      const [today, at] = [clock.today(), clock.now()];
      return withMeant(meant, read, (found) => {
        const then = event === null ? found : found.filter(({ writtenOn }) => writtenOn <= event.on);
        if (event !== null && (event.on > today || then.length === 0)) throw new Failure('retention.day');
        const records = numbersOf(then);
        const detail = { event: event?.kind ?? 'taken-back', on: event?.on ?? null, records: numbersText(records) };
        const act = open().acts.record({ kind: 'record.event', at, signs: by, reason: '', detail }, (number) => number);
        return { act, records };
      });
    },

    hold: (meant, { authority, reason, until }, by, read) => {
      refuseReason(authority);
      refuseReason(reason);
      const [today, at] = [clock.today(), clock.now()];
      const salt = toHex(random(32));
      const said = { salt, authority, reason };
      const commitment = toHex(sha256(canonicalBytes({ format: 'styrk-hold-commitment', ...said })));
      const { acts, retention } = open();
      return withMeant(meant, read, (found) => {
        const ledger = ledgerOf(acts.list());
        if (until < today) throw new Failure('retention.day');
        for (const kept of found) {
          const end = endOf(kept, ledger, false) ?? addYears(today, kept.retention.years);
          const longest = addYears(end, mostHeldYears);
          if (until > longest) throw new Failure('retention.hold-too-long', { number: kept.number, longest });
        }
        const records = numbersOf(found);
        // Whom an authority looks into is told to nobody (AMLR art. 73): neither here, in clear, nor later.
        const act = { kind: 'record.hold', at, signs: by, reason: commitment } as const;
        const hold = acts.record({ ...act, detail: { until, records: numbersText(records) } }, (number) => {
          retention.keepHoldReason(number, JSON.stringify(said));
          return number;
        });
        return { hold, records };
      });
    },

    release: (hold, by) => {
      const at = clock.now();
      const { acts, atOnce } = open();
      atOnce(() => {
        if (!standing(ledgerOf(acts.list())).some(({ number }) => number === hold))
          throw new Failure('retention.hold-unknown');
        acts.record({ kind: 'record.release', at, signs: by, reason: '', detail: { hold } }, () => undefined);
      });
    },

    extracted: (meant, audience, by, read) => {
      const at = clock.now();
      const { acts, retention } = open();
      return withMeant(meant, read, (found) => {
        const records = numbersOf(found);
        const detail = { for: audience, records: numbersText(records) };
        acts.record({ kind: 'record.extract', at, signs: by, reason: '', detail }, () => undefined);
        return { records, ids: records.flatMap((number) => retention.idOf(number) ?? []) };
      });
    },

    state: () => {
      const unlocked = open();
      followAll(unlocked);
      const ledger = ledgerOf(unlocked.acts.list());
      const due = numbersOf(dueRecords(unlocked, ledger, clock.today()));
      const ends = [...ledger.events.keys()].flatMap((number) => {
        const kept = unlocked.retention.kept(number);
        const end = kept === null || kept.erased ? null : endOf(kept, ledger);
        return end === null || end < clock.today() ? [] : [end];
      });
      return {
        due,
        next: ends.toSorted()[0] ?? null,
        holds: standing(ledger).map(({ number, until, records }) => ({
          hold: number,
          until,
          records,
          ...saidOf(unlocked.retention.holdReason(number)),
        })),
        erased: ledger.erased.size,
      };
    },

    meant: (meant) => numbersOf(meantRecords(meant)),

    erasures: (most) => {
      const { erased } = ledgerOf(open().acts.list());
      const groups = Map.groupBy(erased, ([, erasure]) => JSON.stringify(erasure));
      return [...groups.values()]
        .flatMap((records) => {
          const [, erasure] = records[0] ?? [];
          return erasure === undefined ? [] : [{ ...erasure, records: records.map(([number]) => number) }];
        })
        .toSorted((a, b) => b.on.localeCompare(a.on))
        .slice(0, most);
    },

    catchUp: () => open().retention.follow(followedAtOnce),

    eraseDue: (around) => eraseDue(store, open(), { clock, ...around }),
  };
}

function standing({ holds }: RetentionLedger): readonly Hold[] {
  return holds.filter(({ released }) => !released);
}

function saidOf(text: string | null): Pick<StandingHold, 'authority' | 'reason'> {
  if (text === null) return { authority: null, reason: null };
  const { authority, reason } = JSON.parse(text) as { readonly authority: string; readonly reason: string };
  return { authority, reason };
}
