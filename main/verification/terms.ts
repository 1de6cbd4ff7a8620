import type { CheckId } from '../result/check.ts';
import type { Role } from '../result/roles.ts';
import type { AcceptedDocuments } from './document-patterns.ts';
import type { Purpose } from './purposes.ts';

/**
 * What a verdict is tied to beside the word: until when what is granted may hold (the last day, a plain date), and for what.
 * A bank's own system keeps to it; the station states it.
 */
export type Condition =
  | { readonly kind: 'validUntil'; readonly date: string }
  | { readonly kind: 'scope'; readonly scope: string };

/** A condition as a policy states it, and the documents that lead to it. */
export interface PolicyCondition {
  /** `validUntil`: no longer than the document itself; else what it may be used for, a scope that `condition-words.ts` knows or the bank's own words. */
  readonly condition: 'validUntil' | { readonly scope: string };
  /** Documents that it is for; null: every one. */
  readonly documents: readonly AcceptedDocuments[] | null;
  /** Of those, the ones that it is not for. */
  readonly except: readonly AcceptedDocuments[];
  /** For documents alone whose last day is at most so many months away; null: however long they last. */
  readonly remainingMonths: number | null;
}

/** For how long the reading of an earlier case counts for this purpose, and of which purposes the case may have been. */
export interface Freshness {
  /** From the end of the reading, at most `mostFreshMinutes`. */
  readonly minutes: number;
  readonly purposes: readonly Purpose[];
}

/** Passports of these documents, but not those that it is not for. */
export interface PermitFor {
  /** Null: every passport. */
  readonly documents: readonly AcceptedDocuments[] | null;
  readonly except: readonly AcceptedDocuments[];
}

/** Roles of staff who take cases, and so may go on against a finding. */
export const overrideRoles = ['teller', 'supervisor'] as const satisfies readonly Role[];

/** Who may go on against what at `refer`, and for which reasons. What lies under the floor is nobody's to override. */
export interface Override {
  readonly roles: readonly (typeof overrideRoles)[number][];
  readonly checks: readonly CheckId[];
  /** In the bank's own words; empty: any reason, typed. */
  readonly reasons: readonly string[];
}

/**
 * What is kept of the document and for how long (AMLR 2024/1624 art. 77): a copy of what was read, a reference to where the
 * bank holds it, or nothing beyond the record's own findings. The years run from the day on which the bank says that the
 * relationship ended; of a record that belongs to none from the day of the record.
 */
export interface Retention {
  readonly keep: 'copy' | 'reference' | 'none';
  readonly years: number;
}

/**
 * Why faces may be compared by machine at all (GDPR art. 9, 35): both are the bank's own references. And from which score on a machine's
 * advice supports that it is the same person, and below which it does not, in thousandths; between them it cannot tell. There is no
 * default: whoever switches it on has measured it (docs/face.md).
 */
export interface MachineComparison {
  readonly legalBasis: string;
  readonly impactAssessment: string;
  readonly supportsFrom: number;
  readonly againstBelow: number;
}

/** What a purpose asks beside the rules. Everything has a default under which an earlier policy means what it meant. */
export interface PolicyTerms {
  readonly conditions: readonly PolicyCondition[];
  readonly freshness: Freshness | null;
  readonly overrides: readonly Override[];
  readonly retention: Retention | null;
  /** Null: off, and so in every policy that comes with the app. */
  readonly machineComparison: MachineComparison | null;
  /** Whether staff are asked why the person does not prove themselves by an electronic identification (draft RTS art. 7). */
  readonly whyNotEid: 'none' | 'ask' | 'required';
  /** How many documents a case may take: a passport with a residence permit beside it. A permit alone proves nobody. */
  readonly documentsInCase: 'one' | 'passport-with-permit';
  /** Passports beside which a residence permit is needed; null: beside none. Only where `documentsInCase` takes one. */
  readonly permitFor: PermitFor | null;
  readonly order: 'none' | 'optional' | 'required';
  /** `signed`: an order counts only where the bank's system signed it. */
  readonly orderSource: 'any' | 'signed';
  /**
   * How long after it was referred a case may be decided by what was read then, in hours; null: as long as what was read counts
   * anyway (`evidenceMinutes`). What was read must have counted when it was referred.
   */
  readonly referralHours: number | null;
  /** How old the word of the bank's directory may be where it does not answer, in hours; nought: as old as what was read, no older. */
  readonly directoryHours: number;
  /**
   * `accepted`: the document of an accepted case goes on file as one that somebody has seen as this person's; `approved`: beside it
   * that of a case which was referred for nothing but that the document has no number, and which a supervisor approved.
   */
  readonly knownDocuments: 'none' | 'accepted' | 'approved';
  /** `ask`: staff are asked, and an open answer is as the rule says; `required`: an open answer is for a person to decide. */
  readonly register: 'none' | 'ask' | 'required';
  readonly paper: 'none' | 'ask' | 'required';
  /** Identity levels of coordination numbers that are taken as they are (law 2022:1697); null: all. */
  readonly identityLevels: readonly IdentityLevel[] | null;
  /** The ages that may be asked for; null: age is no question of this purpose. */
  readonly age: { readonly limits: readonly number[] } | null;
  /** Whether a kiosk may begin such a case with nobody of the bank beside it. What it may end in stays with the rules. */
  readonly unattended: 'refused' | 'begun';
  /** What a sign of an attack in the film of a face leads to at the least, whatever the rules say. */
  readonly filmSigns: 'refer' | 'reject';
  /** Names of the cameras that may film a face, as the system gives them; null: any. */
  readonly faceCameras: readonly string[] | null;
}

export const identityLevels = ['confirmed', 'probable', 'unconfirmed'] as const;
export type IdentityLevel = (typeof identityLevels)[number];

/** What a policy of an earlier app means by saying nothing. */
export const silentTerms: PolicyTerms = {
  conditions: [],
  freshness: null,
  overrides: [],
  retention: null,
  machineComparison: null,
  whyNotEid: 'none',
  documentsInCase: 'one',
  permitFor: null,
  order: 'none',
  orderSource: 'any',
  referralHours: null,
  directoryHours: 24,
  knownDocuments: 'none',
  register: 'none',
  paper: 'none',
  identityLevels: null,
  age: null,
  unattended: 'refused',
  filmSigns: 'refer',
  faceCameras: null,
};
