import { setImmediate as turn } from 'node:timers/promises';
import type { UnlockedStore } from '../store/types.ts';

/** Records that one question takes into the index, and so many of them before others have their turn. */
const mostFollowed = 2_000;
const atOnce = 20;

/** Brings the index of records on, a few at a time, and not too many: whoever asks right after a migration asks again. */
export async function followRecords(retention: () => Pick<UnlockedStore['retention'], 'follow'>): Promise<void> {
  for (let taken = 0; taken < mostFollowed && !retention().follow(atOnce); taken += atOnce) await turn();
}
