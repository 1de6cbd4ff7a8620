import type { InspectedDocument } from '../inspection/types.ts';
import type { StationClock } from '../machine/clock.ts';
import type { Check } from '../result/check.ts';
import { asFailure } from '../result/failure.ts';
import type { UnlockedStore } from '../store/types.ts';
import { withBlockedList, withTouchedList } from '../verification/blocked-documents.ts';

/**
 * Lays headquarters' list of blocked documents over checks of a document; a locked folder has none. Where others touched what
 * verdicts rest on nobody can say what the list said: the case goes on with that, and is recorded.
 */
export type LayingBlocked = (checks: readonly Check[], document: InspectedDocument | null) => readonly Check[];

export function layingBlocked(unlocked: () => UnlockedStore | null, clock: StationClock): LayingBlocked {
  return (checks, document) => {
    const lists = unlocked()?.blockedDocuments;
    if (lists === undefined || document === null) return checks;
    const { issuer, type: kind, number } = document;
    try {
      return withBlockedList(checks, document, lists.find({ issuer, kind, number }), clock.now());
    } catch (thrown) {
      if (asFailure(thrown).code !== 'trust.tampered') throw thrown;
      return withTouchedList(checks);
    }
  };
}
