import { setImmediate as turn } from 'node:timers/promises';
import type { KeptReading, ReadingCounts } from '../store/second-readings.ts';
import type { Store } from '../store/types.ts';
import { type ReadTwiceKind, secondHand } from '../trust/second-reading/kinds.ts';
import { readTwice } from '../trust/second-reading/second-reading.ts';
import { fingerprintOf } from '../trust/x509/fingerprint.ts';
import { derOf } from '../trust/x509/pem.ts';

// What was read is kept after so many: who ends this reading loses no more of it.
const atOnce = 100;

/**
 * Reads with the second hand what the store holds and that hand has not read, and the master lists (DER or PEM) that are given, as far as the
 * store holds them (docs/decisions/0003). What both hands read otherwise is believed less from then on; nothing is believed more.
 * Long, so never at the desk and never within an import; it may be ended at any moment. Fails as the store does.
 */
export async function readHeldTwice(
  { trust }: Pick<Store, 'trust'>,
  around: { readonly now: () => string; readonly signal: AbortSignal; readonly masterLists: readonly Uint8Array[] },
): Promise<ReadingCounts> {
  const { secondReadings } = trust;
  const held = new Set(trust.sources().map(({ digest }) => digest));
  for (const file of around.masterLists) {
    const bytes = derOf(file);
    const digest = fingerprintOf(bytes);
    if (!held.has(digest) || secondReadings.of(digest)?.hand === secondHand || around.signal.aborted) continue;
    secondReadings.keep([reading('master-list', digest, bytes)], around.now());
  }
  for (;;) {
    const waiting = secondReadings.waiting(secondHand, atOnce);
    const read: KeptReading[] = [];
    for (const { kind, digest, bytes } of waiting) {
      // Lets whoever ends this be heard.
      await turn();
      if (around.signal.aborted) break;
      read.push(reading(kind, digest, bytes));
    }
    secondReadings.keep(read, around.now());
    if (waiting.length === 0 || around.signal.aborted) return secondReadings.count(secondHand);
  }
}

function reading(kind: ReadTwiceKind, digest: string, bytes: Uint8Array): KeptReading {
  const { result, differences } = readTwice(kind, bytes);
  return { digest, kind, hand: secondHand, result, differences };
}
