import { setImmediate } from 'node:timers/promises';
import type { ListedRecord, RecordsRepository } from '../store/types.ts';

/** So many records are opened before anything else of the process has its turn: some tens of milliseconds. */
const atOnce = 100;

/**
 * Records one after the other, newest first, from before this number; between two short batches the process does other things.
 * Nobody is in its way, and whoever has enough leaves.
 */
export async function* lookThroughRecords(
  records: () => Pick<RecordsRepository, 'list'>,
  before: number | null,
): AsyncGenerator<ListedRecord> {
  let from = before;
  for (;;) {
    const page = records().list({ limit: atOnce, ...(from === null ? {} : { before: from }) });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < atOnce) return;
    from = last.number;
    await setImmediate();
  }
}

/** The day of an instant (ISO 8601 with `Z`) on this machine's clock, as people at the station date it. */
export function dayHere(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant.slice(0, 10);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
