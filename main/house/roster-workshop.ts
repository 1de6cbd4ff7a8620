import { Worker } from 'node:worker_threads';
import type { DataKind } from '../result/data-kind.ts';
import type { RosterKeys } from '../store/open-roster.ts';
import { rosterMessage } from './roster-message-schema.ts';
import type { RosterOrder, RosterProgress, RosterReport, RosterWork } from './roster-messages.ts';
import { inThread, type ThreadSurroundings } from './thread-work.ts';

export type RosterSurroundings = ThreadSurroundings<RosterProgress>;

const limits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 12 };

/**
 * Takes a register's file in threads of its own, so that whoever asks goes on with other work. `keys` are handed over: this thread
 * has no copy of them left. Fails as `importRoster`, with `holder.import-lost` where a thread ended by itself, and
 * with `call.malformed` where it told what none tells.
 */
export async function runRosterImport(
  workerUrl: URL,
  folder: { readonly directory: string; readonly kind: DataKind; readonly keys: RosterKeys },
  order: RosterOrder,
  around: RosterSurroundings,
): Promise<RosterReport> {
  const workerData: RosterWork = { role: 'import', ...folder, order };
  const transferList = Object.values(folder.keys).map(({ buffer }) => buffer);
  const start = (): Worker =>
    new Worker(workerUrl, { name: 'roster', workerData, transferList, resourceLimits: limits });
  const ends = { cancelled: 'holder.import-cancelled', lost: 'holder.import-lost' } as const;
  return (await inThread({ start, read: rosterMessage, ...ends }, around)).report;
}
