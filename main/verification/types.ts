import type { OptionalGroup } from '../document/optional-groups.ts';
import type { Access, InspectedDocument, ReadingCost } from '../inspection/types.ts';
import type { Check, CheckId, CheckResult } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { DocumentCopies } from './document-copies.ts';
import type { AcceptedDocuments } from './document-patterns.ts';
import type { CaseOrder } from './order-case.ts';
import type { PaperAnswer } from './paper-findings.ts';
import { type Purpose, purposes } from './purposes.ts';
import type { Condition, MachineComparison, PolicyTerms, Retention } from './terms.ts';

export { type Purpose, purposes };

/** Whether a member of staff sees the person whose document is read: TR-03121 asks for more of a machine that nobody watches. */
export const stationKinds = ['attended', 'unattended'] as const;
export type StationKind = (typeof stationKinds)[number];

/** What the case comes to: go on, a person must decide, or stop. */
export const verdicts = ['accept', 'refer', 'reject'] as const;
export type VerdictWord = (typeof verdicts)[number];

export interface Verdict {
  readonly verdict: VerdictWord;
  /** Codes of the checks that kept it from being better, worst first, each once. Empty only for `accept`. */
  readonly reasons: readonly FailureCode[];
  /** The check that decided, null for `accept`. */
  readonly decidedBy: CheckId | null;
  /** Checks that the policy passed over although they did not succeed: shown, never swallowed. */
  readonly passedOver: readonly CheckId[];
  /** What going on is tied to; none where the document has no bounds of its own, and for `reject`. */
  readonly conditions: readonly Condition[];
}

/**
 * What a purpose demands, as data (`resources/policies/`). For each check what each result leads to; a check that is
 * not there at all counts as `absent`. `pass over` is shown as such and counts as `accept`.
 */
export interface Policy extends PolicyTerms {
  readonly id: 'document' | Purpose;
  readonly version: number;
  /** The documents that the purpose takes as they are; others are referred. Null: every one that is proved. */
  readonly documents: readonly AcceptedDocuments[] | null;
  /** Data groups that are read where the document has them, beside those that every inspection reads. */
  readonly dataGroups: readonly OptionalGroup[];
  /** How old the evidence may be when the case is decided, in minutes from the end of the reading. */
  readonly evidenceMinutes: number;
  /**
   * `from-document` where the person is not on file yet and becomes so by the document, `nobody` where nobody on file is
   * meant: the holder checks do not apply, and the policy has no rules for them.
   */
  readonly holder: 'on-file' | 'from-document' | 'nobody';
  /** Checks against whose findings one person may go on alone, with a reason; against those of others a second one decides. */
  readonly alone: readonly CheckId[];
  readonly rules: readonly PolicyRule[];
  /** Results that say more together than each alone; the first check named is the one that decides. */
  readonly combinations: readonly PolicyCombination[];
  /** Checks that answer one question in several ways. */
  readonly alternatives: readonly PolicyAlternatives[];
}

/**
 * Checks of which one success is enough, such as the proofs that a chip is no copy: the others are then passed over unless
 * they failed or were torn off. Where none succeeds, `none` is what it leads to that the document supports none of them; in
 * all other cases their own rules hold.
 */
export interface PolicyAlternatives {
  readonly checks: readonly CheckId[];
  readonly none: PolicyOutcome;
  /** Replaces `none` in training, where it stands. */
  readonly trainingNone: PolicyOutcome | null;
}

export interface PolicyCombination {
  readonly all: readonly { readonly check: CheckId; readonly result: CheckResult | 'absent' }[];
  readonly outcome: PolicyOutcome;
}

export type PolicyOutcome = VerdictWord | 'pass over';

export interface PolicyRule {
  readonly check: CheckId;
  readonly outcomes: Readonly<Record<CheckResult | 'absent', PolicyOutcome>>;
  /** Where it stands, it replaces the outcome of checks that this version does not make (`check.not-made`) in training. */
  readonly trainingNotMade: PolicyOutcome | null;
  /** Codes that lead elsewhere than their result does. */
  readonly codes: Readonly<Partial<Record<FailureCode, PolicyOutcome>>>;
}

export type FaceAnswer = 'same' | 'not-same' | 'unsure';

/** Staff's own comparison of faces: the answer and, where it is not `same`, the reason in their words. */
export interface FaceComparison {
  readonly answer: FaceAnswer;
  readonly reason: string | null;
  /** What a machine said beside it; not there where the errand has no faces compared by machine. Nothing that is judged asks for it. */
  readonly machine?: MachineAdvice;
}

/** What a machine said of two faces, as the record keeps it. */
export interface MachineAdvice extends MachineComparison {
  readonly consent: 'given' | 'refused' | 'not-asked';
  /** Null where nothing was compared. */
  readonly advice: 'supports' | 'does-not-support' | 'cannot-tell' | null;
  /** Thousandths; null where nothing was compared, or no face was found. */
  readonly score: number | null;
  /** What the person answered before the advice was shown. */
  readonly answeredFirst: FaceAnswer;
  readonly model: string;
}

/** Who decided: an operator who signed in, a sign typed by staff, or the operating system's account. */
export interface Decider {
  readonly sign: string;
  readonly source: 'typed' | 'operating-system' | 'operator';
  /** Stands where the source is an operator. */
  readonly operatorId?: string;
}

/** What staff decided; it stands beside the verdict and never changes it. */
export interface Decision {
  readonly outcome: 'go-on' | 'refer' | 'stop' | 'abandoned';
  readonly reason: string | null;
  readonly by: Decider;
}

/** The holder as the case keeps it. */
export interface CaseHolder {
  readonly id: string;
  readonly personalNumber: string | null;
  readonly givenNames: string;
  readonly surname: string;
  readonly birthDate: string | null;
  /** The person became a holder with this case, as the document names them. */
  readonly fromDocument?: true;
  /** Numbers of other states that the document named, with the state. */
  readonly numbers?: readonly { readonly country: string; readonly key: string }[];
  /** Digest of what was on file of the person (`holderRow`); left out where the case took them from the document, and by earlier apps. */
  readonly row?: string;
  /** The identity is protected: lists name nobody. */
  readonly protected?: true;
}

/** A second document as the record keeps it. */
export interface SecondDocument {
  readonly document: InspectedDocument | null;
  readonly access: Access | null;
  readonly checks: readonly Check[];
  readonly reading: ReadingCost | null;
  /** When its reading ended, and how many it took; left out where nobody saw it lie on the reader. */
  readonly readAt?: string | null;
  readonly taps?: number;
}

/** Everything that a record of a case is made from. No image, no key, no APDU. */
export interface CaseFacts {
  readonly id: string;
  readonly training: boolean;
  /** Null where no administrator has said it: then the station counts as unattended. */
  readonly stationKind: StationKind | null;
  readonly purpose: Purpose | null;
  readonly holder: CaseHolder | null;
  readonly document: InspectedDocument | null;
  readonly access: Access | null;
  /** A residence permit that was read beside the passport; its checks stand here, and what they come to in `document.second`. */
  readonly second?: SecondDocument;
  readonly checks: readonly Check[];
  readonly reading: ReadingCost | null;
  readonly face: FaceComparison | null;
  readonly verdict: Verdict;
  /** `digest` is missing in records of earlier apps. */
  readonly policy: { readonly id: string; readonly version: number; readonly digest?: string } | null;
  readonly decision: Decision;
  /** Instants, ISO 8601 with `Z`. */
  readonly begunAt: string;
  readonly endedAt: string;
  /** When the reading ended on which the case rests; null without one. The checks are as judged at `endedAt`. */
  readonly readAt: string | null;
  /** Who had the case, the first first, where it went from one operator to another. */
  readonly handledBy?: readonly Decider[];
  /**
   * The record of the case that was referred and is decided here, and by whom it was referred; at which station, where that was another.
   */
  readonly referral?: {
    readonly recordId: string;
    readonly at: string;
    readonly by: Decider;
    readonly station?: string;
  };
  /** The station at which a colleague decided it, and the hash of its record there (hex); missing where it was decided here. */
  readonly elsewhere?: { readonly station: string; readonly hash: string };
  /** How many inspections the case needed (a card torn and laid back counts twice). */
  readonly taps: number;
  /** The earlier record whose reading counts here, and when that was; left out where the document was read. */
  readonly freshness?: { readonly recordId: string; readonly readAt: string } | null;
  /** What staff found of the paper or card; left out where the policy does not ask. */
  readonly paper?: PaperAnswer | null;
  /** Why no electronic identification was used; left out where the policy does not ask. */
  readonly whyNotEid?: string | null;
  /** What the policy says is kept and for how long; left out where it says nothing. */
  readonly retention?: Retention;
  /** Left out where the policy keeps none. */
  readonly copies?: DocumentCopies;
  /** What the person was to confirm; missing where the case carried no order. */
  readonly order?: CaseOrder;
}
