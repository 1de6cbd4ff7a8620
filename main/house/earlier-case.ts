import type { Holder } from '../holders/holder.ts';
import { matchStatus } from '../holders/match-status.ts';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import type { LimitClock } from '../machine/limit-clock.ts';
import type { Check } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import { isWithin } from '../result/instant.ts';
import { isSetBack } from '../result/set-back.ts';
import type { UnlockedStore } from '../store/types.ts';
import { withDirectoryAge } from '../verification/directory-age.ts';
import {
  type EarlierReading,
  earlierChecks,
  endsReuse,
  type PresentCase,
  reuseHindrance,
} from '../verification/freshness.ts';
import type { Policy } from '../verification/types.ts';

/** What an earlier record must fit to count once more. */
export interface ReuseRequest {
  readonly recordId: string;
  readonly policy: Policy;
  readonly holder: Holder | null;
  /** The number of the document in the hand. */
  readonly documentNumber: string;
  /** The record by which the asking case itself was referred: what it says speaks for nobody against its own reading. */
  readonly referral?: string;
}

/**
 * Looks an earlier case up in this station's own records and says what of it counts now. Fails with the code of
 * `reuseHindrance`, with `record.not-found`, with `freshness.record-broken` where the earlier record or one after it is not
 * whole or missing (`provenSince`), with `freshness.later-record` where something came of the document or the person since (`endsReuse`), and with `freshness.past`
 * where a clock that went back would make it fresh.
 */
export function earlierCases(around: {
  readonly open: () => UnlockedStore;
  readonly keeping: Pick<TrustKeeping, 'holdings' | 'station' | 'integrity'>;
  readonly clock: LimitClock;
}): {
  readonly earlierCase: (request: ReuseRequest) => EarlierReading;
  /** The newest case of this person that would count with its own document in the hand; null where none would. */
  readonly reusableCase: (
    request: Pick<ReuseRequest, 'policy' | 'holder'>,
  ) => { readonly recordId: string; readonly readAt: string } | null;
} {
  const { open, keeping, clock } = around;
  const presentCase = (policy: Policy, holder: Holder | null, documentNumber: string): PresentCase => {
    // By what the station knows: a clock that was set back makes nothing fresh.
    const now = clock.newestAt();
    return {
      freshness: policy.freshness,
      holder,
      documentNumber,
      minutesSince: (instant) => (Date.parse(now) - Date.parse(instant)) / 60_000,
      today: clock.today(),
      listsChangedAt: listsChangedAt(keeping),
    };
  };
  const reusableCase: ReturnType<typeof earlierCases>['reusableCase'] = ({ policy, holder }) => {
    const { freshness } = policy;
    if (freshness === null || holder === null) return null;
    const { records } = open();
    const now = clock.newestAt();
    for (const { id, content, writtenAt } of records.list({ limit: mostLookedAt })) {
      if (content === null || !isWithin(writtenAt, now, freshness.minutes)) return null;
      if (content.holder?.id !== holder.id) continue;
      const whole = records.get(id).content;
      const present = presentCase(policy, holder, whole.document?.number ?? '');
      // The newest of the person decides: an older one that it speaks against counts no more.
      const fits = reuseHindrance(whole, present) === null;
      if (fits) return { recordId: id, readAt: whole.readAt ?? '' };
      if (endsReuse(whole, whole)) return null;
    }
    return null;
  };
  const earlierCase: ReturnType<typeof earlierCases>['earlierCase'] = ({
    recordId,
    policy,
    holder,
    documentNumber,
    referral,
  }) => {
    const { records } = open();
    const { content, hash } = records.get(recordId);
    const now = clock.now();
    const hindrance = reuseHindrance(content, presentCase(policy, holder, documentNumber));
    if (hindrance !== null) throw new Failure(hindrance);
    const newestDay = keeping.station.newestDay();
    const isBehind = newestDay !== null && newestDay.day > clock.today();
    if (isBehind || isSetBack(now, clock.newestAt())) throw new Failure('freshness.past');
    // What was read above is what was proven: the hash says which content it is.
    const proven = keeping.integrity().whole ? records.provenSince(recordId) : null;
    if (proven === null || proven.hash !== hash) throw new Failure('freshness.record-broken');
    if (proven.later.some((later) => later.id !== referral && endsReuse(later, content)))
      throw new Failure('freshness.later-record');
    const { document, access, readAt } = content;
    return {
      recordId: content.id,
      readAt: readAt ?? '',
      document,
      access,
      specimen: content.training,
      // Whoever died since, or whose number rests, is told today.
      checks: [...earlierChecks(content, clock.today()), ...statusNow(holder, { now, policy })],
    };
  };
  return { earlierCase, reusableCase };
}

function statusNow(holder: Holder | null, around: Parameters<typeof withDirectoryAge>[2]): readonly Check[] {
  return holder === null ? [] : withDirectoryAge([matchStatus(holder)], holder, around);
}

/** So many of the newest records are looked through for an offer; who was here before them is read once more. */
const mostLookedAt = 200;

// What only brings certificates speaks against nobody.
function listsChangedAt({ holdings }: Pick<TrustKeeping, 'holdings'>): string | null {
  const against = holdings
    .history()
    .filter(({ counts, undoneBy }) => {
      const { removedCertificates, newRevocationLists, newDefectLists } = counts;
      return undoneBy !== null || removedCertificates + newRevocationLists + newDefectLists > 0;
    })
    .map(({ at }) => at);
  return against.toSorted().at(-1) ?? null;
}
