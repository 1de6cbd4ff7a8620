import * as v from 'valibot';
import { longest } from '../main/result/bounds.ts';
import { code, countryCode, countryNames, day, done, list, nothing, text } from './contract-parts.ts';

/*
 * Whose signature on a list counts, as the office shows and changes it: a part of the contract (`contract.ts`). The page names a signer
 * by the fingerprint of a certificate that the main process showed it, and no other way; every change is confirmed outside the page
 * (`main/station/dangerous-acts.ts`) and a recorded act.
 */

/** Bounds of what is shown of signers; what lies beyond is counted. */
export const signerBounds = { pins: 100, certificates: 4 } as const;

/** SHA-256 in lower-case hex. */
const fingerprint = text(64);

/** A certificate as people compare it with what they got another way. */
export const signerCertificateSchema = v.object({
  fingerprint,
  subject: text(longest.issuerName),
  issuer: text(longest.issuerName),
  country: countryCode,
  names: countryNames,
  serialNumber: text(longest.issuerName),
  notBefore: day,
  notAfter: day,
  validity: v.picklist(['valid', 'expiring', 'expired', 'not-yet']),
});

/** `stands`: two administrators vouch; `proposed`: one does; `withdrawing`: it stands, and one asked to take it back. */
const pinStateSchema = v.picklist(['stands', 'proposed', 'withdrawing']);

export const pinSchema = v.object({
  fingerprint,
  kind: v.picklist(['list-signer', 'station-key']),
  subject: text(longest.issuerName),
  state: pinStateSchema,
  /** The instant of the newest act on it. */
  at: text(30),
  /** Null for the key of a station. */
  certificate: v.nullable(signerCertificateSchema),
});

/** By whom a chosen file is signed. Each certificate alone would do for it; `state` is null where nobody vouches for that one. */
export const signingSchema = v.object({
  file: text(longest.fileName),
  kind: v.picklist(['master-list', 'defect-list', 'deviation-list', 'certificate']),
  date: v.nullable(day),
  certificates: list(
    v.object({
      part: v.picklist(['signer', 'issuer', 'certificate']),
      state: v.nullable(pinStateSchema),
      certificate: signerCertificateSchema,
    }),
    signerBounds.certificates,
  ),
  /**
   * Of a certificate that is the file itself, whether it may be vouched for as a state's own: why not (`refusal`), and whether it is so
   * already. Null for a list, whose certificates vouch for lists alone.
   */
  asIssuer: v.nullable(v.object({ refusal: v.nullable(code), stands: v.boolean() })),
});

/** The calls of this part. */
export const signerMethods = {
  /**
   * Who is pinned here or proposed, newest first; the name of a file that was refused because nobody vouches for its signer; and the
   * signing that is looked at (null: none). Fails with `trust.tampered`.
   */
  'trust.signers': {
    args: nothing,
    answer: v.object({
      pins: list(pinSchema, signerBounds.pins),
      pinCount: v.pipe(v.number(), v.integer(), v.minValue(0)),
      refused: v.nullable(text(longest.fileName)),
      looked: v.nullable(signingSchema),
    }),
  },
  /**
   * By whom a file is signed: the one that was `refused`, or one (a list, or a certificate itself) that an administrator chooses in a
   * dialog of the system; null where none was chosen. Nothing is taken or believed. Fails with `trust.busy`,
   * `trust.pin-not-certificate`, `trust.pin-unknown` where nothing was refused, and as the file does, with its name in `file`.
   */
  'trust.lookAtSigner': { args: v.tuple([v.picklist(['refused', 'chosen'])]), answer: v.nullable(signingSchema) },
  /** Looks at it no longer. */
  'trust.leaveSigner': { args: nothing, answer: done },
  /**
   * Pins a certificate of the signing that is looked at, once two administrators have confirmed it in the window outside this page (by
   * name where nobody signs in). Fails with `trust.busy`, `trust.pin-unknown` for any other certificate, `storage.locked`,
   * `operator.second-needed`, `trust.not-confirmed`, `confirm.timed-out`, `confirm.open`, `confirm.changed`.
   */
  'trust.pin': { args: v.tuple([fingerprint]), answer: done },
  /** Takes a pin back with all that rests on it, confirmed as above; fails as above. */
  'trust.unpin': { args: v.tuple([fingerprint]), answer: done },
} as const;

export type SignerMethod = keyof typeof signerMethods;
export type SigningView = v.InferOutput<typeof signingSchema>;
export type SignerCertificateView = v.InferOutput<typeof signerCertificateSchema>;
export type PinView = v.InferOutput<typeof pinSchema>;
export type SignersView = v.InferOutput<(typeof signerMethods)['trust.signers']['answer']>;
