import type { Holder } from '../holders/holder.ts';
import type { PersonInDocument } from '../holders/new-holder.ts';
import { workerMessage } from '../inspection/answer-schema.ts';
import type { Inspection } from '../inspection/types.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { ErrandAnswers } from '../verification/errand-checks.ts';
import type { FilmFindings } from '../verification/film-findings.ts';
import type { GivenOrder } from '../verification/order-case.ts';
import type { Decider, FaceComparison, Purpose, Verdict } from '../verification/types.ts';

/** A case that was referred to a colleague, with all that it rests on. */
export interface Referral {
  /** The id of the case, and of the record that it was referred by. */
  readonly id: string;
  /** When it was referred, ISO 8601 with `Z`. */
  readonly at: string;
  readonly by: Decider;
  /** Everybody who had the case: none of them decides it. */
  readonly handledBy: readonly Decider[];
  readonly reason: string | null;
  readonly verdict: Verdict;
  readonly purpose: Purpose;
  readonly holder: Holder | null;
  readonly holderNotOnFile: boolean;
  readonly keyKind: 'mrz' | 'fields' | 'can' | null;
  readonly face: { readonly comparison: FaceComparison; readonly portrait: Uint8Array | null } | null;
  /** What was found in the camera's films; missing where nothing was filmed, and in referrals of earlier apps. */
  readonly film?: FilmFindings;
  readonly confirmed: PersonInDocument | null;
  /** Staff's answers to what the errand asks. */
  readonly answers: ErrandAnswers;
  /** What the person is to confirm; null without an order. */
  readonly order: GivenOrder | null;
  readonly readAt: string | null;
  readonly taps: number;
  readonly inspection: Inspection | null;
  /** The earlier reading on which the case rests; missing where the document was read. */
  readonly reused?: { readonly recordId: string; readonly readAt: string; readonly documentNumber: string };
  /** A residence permit beside the passport; missing where none was laid, and in referrals of earlier apps. */
  readonly second?: Pick<Referral, 'keyKind' | 'readAt' | 'taps' | 'inspection'>;
  /** The station that handed it over, to which its end goes back; missing where it was referred here. */
  readonly from?: { readonly station: string };
}

/** The referral as text: bytes and maps stand in it under names that no other value has. */
export function referralText(referral: Referral): string {
  return JSON.stringify(referral, (_key, value: unknown) => {
    if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
    return value instanceof Map ? { $map: [...value] } : value;
  });
}

/** What a look at a case comes to; null where it does not open any more (`referral.damaged`). */
export function unlessDamaged<Found>(look: () => Found): Found | null {
  try {
    return look();
  } catch (thrown) {
    if (asFailure(thrown).code !== 'referral.damaged') throw thrown;
    return null;
  }
}

/**
 * The referral as it was. Sealed by us; what a chip had said in it is bounded once more as if the worker told it. Fails with
 * `referral.damaged`.
 */
export function referralOf(text: string): Referral {
  const referral = JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$bytes' in value && typeof value.$bytes === 'string')
      return new Uint8Array(Buffer.from(value.$bytes, 'base64'));
    return '$map' in value && Array.isArray(value.$map) ? new Map(value.$map) : value;
  }) as Referral;
  const { second } = referral;
  return {
    ...referral,
    inspection: boundedOnceMore(referral.inspection),
    ...(second === undefined ? {} : { second: { ...second, inspection: boundedOnceMore(second.inspection) } }),
  };
}

function boundedOnceMore(inspection: Inspection | null): Inspection | null {
  if (inspection === null) return null;
  const told = workerMessage({ type: 'result', inspection });
  if (told?.type !== 'result') throw new Failure('referral.damaged', { part: 'inspection' });
  return told.inspection;
}
