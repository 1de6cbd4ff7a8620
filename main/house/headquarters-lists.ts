import type { InspectedDocument } from '../inspection/types.ts';
import type { StationClock } from '../machine/clock.ts';
import type { Check } from '../result/check.ts';
import type { UnlockedStore } from '../store/types.ts';
import { withBlockedList } from '../verification/blocked-documents.ts';

/** Lays headquarters' list of blocked documents over checks of a document; a locked folder has none. */
export type LayingBlocked = (checks: readonly Check[], document: InspectedDocument | null) => readonly Check[];

export function layingBlocked(unlocked: () => UnlockedStore | null, clock: StationClock): LayingBlocked {
  return (checks, document) => {
    const lists = unlocked()?.blockedDocuments;
    if (lists === undefined || document === null) return checks;
    const { issuer, type: kind, number } = document;
    return withBlockedList(checks, document, lists.find({ issuer, kind, number }), clock.now());
  };
}
