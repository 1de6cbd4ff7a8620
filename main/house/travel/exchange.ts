import { setImmediate as turn } from 'node:timers/promises';
import type { RandomSource } from '../../crypto/random.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import { type Delivering, keepDelivering } from '../../fleet/keep-delivering.ts';
import { parcelsSchema } from '../../fleet/schema/migrate.ts';
import type { After } from '../../result/after.ts';
import { asFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { isBefore, minutesAfter } from '../../result/instant.ts';
import type { UnlockedStore } from '../../store/types.ts';
import { type TravelBook, travelBook } from './known-stations.ts';
import { type SentMemory, sendParcels } from './send-parcels.ts';
import { takeParcels } from './take-parcels.ts';
import type { ReferralTravel } from './travel.ts';

/** What one round did: parcels that lie at headquarters from now on, and parcels from there that are taken here. */
export interface Exchanged {
  readonly sent: { readonly referrals: number; readonly outcomes: number };
  readonly taken: number;
  /** Why something did not go, where the rest did; what came and was refused is in the report. */
  readonly code: FailureCode | null;
}

/**
 * Referred cases, and how they ended, from station to station over headquarters' database: by themselves, where administrators have
 * trusted a station and routed to it. Nobody signs what a round does; the acts name no one.
 */
export interface ParcelExchange {
  /**
   * One round, now: takes what lies at headquarters for this station, and brings there what goes to others. Null, and nobody asked,
   * where no station is trusted. How it ended is kept. Fails with `fleet.not-set`, `fleet.schema-older` (of this part alone), as the
   * connection does, and where the folder cannot be written.
   */
  readonly exchange: (around: { readonly signal: AbortSignal }) => Promise<Exchanged | null>;
  /** Rounds from now on by themselves, every 15 seconds, with the pauses of `keepDelivering` after failures. */
  readonly keepExchanging: (tell: () => void) => Delivering;
}

/** A customer stands at the kiosk whose case is on its way. */
const roundMillis = 15_000;
/** A round that changed nothing is written down no more often. */
const notedMinutes = 1;

/** What the exchange stands on. `open` fails with `storage.locked` while the folder is locked. */
export interface ExchangeGround {
  readonly fleet: Pick<Fleet, 'isSet' | 'visit'>;
  readonly travel: ReferralTravel;
  readonly open: () => UnlockedStore;
  readonly now: () => string;
  readonly after: After;
  readonly random: RandomSource;
}

export function parcelExchange({ fleet, travel, open, now, after, random }: ExchangeGround): ParcelExchange {
  const memory: SentMemory = { staying: new Set(), toldUpTo: '', restored: null };
  let known: { readonly upTo: number; readonly book: TravelBook } | null = null;
  let noted: { readonly at: string; readonly code: FailureCode | null } | null = null;
  // Each act of the folder is proved for it: only where there are new ones.
  const bookNow = (): TravelBook => {
    const { acts } = open();
    const upTo = acts.newest();
    if (known?.upTo !== upTo) known = { upTo, book: travelBook(acts) };
    return known.book;
  };
  const note = (code: FailureCode | null): void => {
    const at = now();
    // One that was noted by a clock ahead is no recent one.
    const isRecent = noted !== null && !isBefore(at, noted.at) && isBefore(at, minutesAfter(noted.at, notedMinutes));
    if (isRecent && noted?.code === code) return;
    noted = { at, code };
    try {
      open().parcels.noteTry(at, code);
    } catch (thrown) {
      // Why it failed counts more than that it could not be written down: a folder that is busy or full is told the next time.
      if (!asFailure(thrown).code.startsWith('storage.')) throw thrown;
    }
  };
  const round = async (signal: AbortSignal, byHand: boolean): Promise<Exchanged | null> => {
    try {
      const book = bookNow();
      if (book.stations.length === 0) return null;
      const exchanged = await fleet.visit(
        async (connection): Promise<Exchanged> => {
          const opened = open();
          const tellAgain = (ids: readonly string[]): void => {
            for (const id of ids) opened.parcels.forgetEnd(id);
            memory.toldUpTo = '';
          };
          const ground = { connection, opened, travel, book, now, turn: () => turn(), tellAgain, byHand };
          const taken = await takeParcels(ground);
          const { code, ...sent } = await sendParcels(ground, memory);
          return { sent, taken, code };
        },
        { signal, schema: parcelsSchema },
      );
      note(exchanged.code);
      return exchanged;
    } catch (thrown) {
      const failure = asFailure(thrown);
      // What was broken off by us failed nobody.
      if (!signal.aborted) note(failure.code);
      throw failure;
    }
  };
  return {
    exchange: ({ signal }) => round(signal, true),
    keepExchanging: (tell) =>
      keepDelivering(
        { deliver: ({ signal }) => round(signal, false), isSet: fleet.isSet, after, random, roundMillis },
        tell,
      ),
  };
}
