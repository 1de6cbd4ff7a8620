import type { AnchorState } from '../keeping/log/log-keeping.ts';
import { type CounterEvidence, speaksAgainst } from '../records/log/log-report.ts';
import { fromHex } from '../result/bytes.ts';
import { asFailure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { RecordsCheck } from '../store/check/check-records.ts';
import type { UnlockedStore } from '../store/types.ts';
import { runRecordsCheck, unheard } from './check-workshop.ts';
import type { House } from './house.ts';

/** What the check of all records rests on: the folder's database, the day, and the file that its thread runs. */
export interface CheckGround {
  readonly path: string;
  readonly today: () => PlainDate;
  readonly workerUrl: URL;
  /** How what lies where checkpoints go stands to the log. */
  readonly anchors: () => Promise<readonly AnchorState[]>;
}

/**
 * Checks records and log beside, remembers what was found whole, and looks at what lies where checkpoints go: nothing else tells a
 * folder that was put back. `open` fails with `storage.locked` while the folder is locked.
 */
export function recordsCheck(
  open: () => UnlockedStore,
  { path, today, workerUrl, anchors }: CheckGround,
): House['checkRecords'] {
  return async ({ quick = false, ...around } = {}) => {
    const { checked, checkKeys, log } = open();
    const begunOn = today();
    const remembered = quick ? checked.remembered(begunOn) : null;
    const found = await runRecordsCheck(workerUrl, { path, ...checkKeys(), remembered }, { ...unheard, ...around });
    const { root, rested } = found;
    const { size } = found.log;
    // Where something is broken, what was whole before stays remembered: the next quick check reads that much less, and finds it again.
    if (root !== null && size !== null) {
      const fullOn = rested > 0 && remembered !== null ? remembered.fullOn : begunOn;
      unlessBusy(() => checked.remember({ size, root: fromHex(root), fullOn }));
    }
    const kept = (await anchors()).filter(speaksAgainst);
    return reportOf(found, log.origin, kept);
  };
}

// While another process writes, the next check remembers.
function unlessBusy(remember: () => void): void {
  try {
    remember();
  } catch (thrown) {
    if (asFailure(thrown).code !== 'storage.busy') throw thrown;
  }
}

function reportOf(
  { chain, log, backwards, rested }: RecordsCheck,
  origin: string,
  kept: readonly { readonly code: CounterEvidence }[],
): Awaited<ReturnType<House['checkRecords']>> {
  const ofLog = log.broken.map(({ number, code }) => ({ id: number === null ? '#log' : `#${number}`, number, code }));
  const ofPlaces = kept.map(({ code }) => ({ id: '#log', number: null, code }));
  return {
    records: chain.records,
    rested,
    erased: chain.erased,
    intact: chain.intact && log.intact && kept.length === 0,
    broken: [...chain.broken, ...ofLog, ...ofPlaces],
    log: { origin, size: log.size, intact: log.intact },
    backwards,
  };
}
