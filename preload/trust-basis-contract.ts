import * as v from 'valibot';
import { longest, most } from '../main/result/bounds.ts';
import { count, day, done, list, nothing, text } from './contract-parts.ts';
import { signerCertificateSchema } from './signers-contract.ts';

/*
 * What trust rests on at this station, as the office shows and changes it: its own key, the certificates that people vouched for one by
 * one, where everything came from, how old it may be, and where lists are fetched. A part of the contract (`contract.ts`). Every change
 * is confirmed outside the page (`main/station/dangerous-acts.ts`).
 */

/** Bounds of what is shown; what lies beyond is counted. */
export const basisBounds = { authorities: 200, origins: 300, logKeys: 20, states: 40 } as const;

const fingerprint = text(64);
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650));

/** How old what the station goes by may be, in days (`main/trust/path/freshness.ts`). */
export const trustLimitsSchema = v.strictObject({
  masterListDays: days,
  revocationListDays: days,
  defectListDays: days,
  certificateDays: days,
  noticeDays: days,
});

export const authoritySchema = v.object({
  certificate: signerCertificateSchema,
  /** The day of the word for it. */
  since: v.nullable(day),
  /** The last day on which that word holds, and how many days are left; below zero past it. */
  until: v.nullable(day),
  daysLeft: v.nullable(v.number()),
  freshness: v.picklist(['fresh', 'soon-stale', 'stale', 'ahead', 'unknown']),
  /** Whether it is the word of this station's people; else it came in a bundle and goes with the pin of its station. */
  own: v.boolean(),
  /** Whether a list or a directory holds it too. */
  alsoHeld: v.boolean(),
});

export const originSchema = v.object({
  kind: v.picklist([
    'master-list',
    'pinned',
    'training',
    'directory',
    'revocation-list',
    'defect-list',
    'deviation-list',
  ]),
  name: v.nullable(text(longest.issuerName)),
  date: v.nullable(day),
  takenAt: v.nullable(text(30)),
  takenAs: v.nullable(text(40)),
  /** Whose word it rests on; null where it proves itself by a key, or came before that was written down. */
  voucher: v.nullable(
    v.object({
      kind: v.picklist(['list-signer', 'station-key', 'own']),
      name: v.nullable(text(longest.issuerName)),
    }),
  ),
  count,
});

/** The calls of this part. */
export const trustBasisMethods = {
  /** All of it. Fails with `trust.tampered`. */
  'trust.basis': {
    args: nothing,
    answer: v.object({
      /** Null before the first unlock of the folder. */
      station: v.nullable(
        v.object({
          name: v.nullable(text(longest.stationName)),
          fingerprint,
          /** The key itself, 64 hex digits, and as a file (PEM). */
          hex: text(64),
          pem: text(300),
          /** The keys by which the checkpoints of its log are checked, as texts, its own first. */
          logKeys: list(text(4096), basisBounds.logKeys),
        }),
      ),
      authorities: list(authoritySchema, basisBounds.authorities),
      authorityCount: count,
      origins: list(originSchema, basisBounds.origins),
      originCount: count,
      limits: trustLimitsSchema,
      /** The app's own. */
      standardLimits: trustLimitsSchema,
      /** Where lists are fetched, as they are set; empty where no place is. */
      places: list(text(longest.place), most.places),
      /** Codes of the states whose revocation lists are fetched where their certificates say. */
      states: list(text(3), basisBounds.states),
      /** Whether the servers there are proved by an authority of the bank's own. */
      ownAuthority: v.boolean(),
      /** Whether administrators of many stations set the places: nobody changes them here. */
      placesManaged: v.boolean(),
    }),
  },
  /**
   * Vouches for a certificate as a state's own: the one that is looked at (`trust.lookAtSigner`), or one that is vouched for already and
   * is so anew from today. Confirmed by two in the window outside this page. Fails with `trust.busy`, `trust.pin-unknown` for any other,
   * `trust.not-self-signed`, `certificate.not-authority`, `certificate.training-issuer`, `storage.locked`, `operator.second-needed`,
   * `trust.not-confirmed`, `confirm.timed-out`, `confirm.open`, `confirm.changed`.
   */
  'trust.pinAuthority': { args: v.tuple([fingerprint]), answer: done },
  /** Takes this station's own word for it back; fails as above. */
  'trust.unpinAuthority': { args: v.tuple([fingerprint]), answer: done },
  /** Sets how old things may be; null: as the app has it. Confirmed as above, by one where the folder has one administrator. */
  'trust.setLimits': { args: v.tuple([v.nullable(trustLimitsSchema)]), answer: done },
  /**
   * Sets where lists are fetched: one folder by its whole path, or https addresses of one file each; none: nowhere. And the states whose
   * revocation lists are fetched besides. An authority of the bank's own that is set stays with addresses. Confirmed as `trust.setLimits`. Fails with `update.source-unusable`, `settings.managed`.
   */
  'trust.setPlaces': {
    args: v.tuple([
      v.strictObject({ places: list(text(longest.place), most.places), states: list(text(3), basisBounds.states) }),
    ]),
    answer: done,
  },
} as const;

export type TrustBasisMethod = keyof typeof trustBasisMethods;
export type TrustBasisView = v.InferOutput<(typeof trustBasisMethods)['trust.basis']['answer']>;
export type AuthorityView = v.InferOutput<typeof authoritySchema>;
export type OriginView = v.InferOutput<typeof originSchema>;
export type TrustLimitsView = v.InferOutput<typeof trustLimitsSchema>;
