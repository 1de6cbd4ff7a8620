import type { FailureCode } from '../../result/failure-codes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { PinsRepository } from '../../store/pins-repository.ts';
import { refusedAsIssuer } from '../../trust/lists/pin-certificate.ts';
import { type Pin, type PinProposal, proposeListSigner, standsPinned } from '../../trust/lists/pins.ts';
import { type Certificate, parseCertificate } from '../../trust/x509/certificate.ts';
import { type Validity, validityOf } from './validity.ts';

/** `stands`: two administrators vouch for it; `proposed`: one does; `withdrawing`: it stands, and one asked to take it back. */
export type PinState = 'stands' | 'proposed' | 'withdrawing';

/** A certificate as people compare it with what they got another way, read from the very bytes that are pinned. */
export interface SignerCertificate extends Pick<PinProposal, 'fingerprint' | 'subject'> {
  readonly issuer: string;
  /** countryName of the subject; empty where there is none. */
  readonly country: string;
  /** Lower-case hex. */
  readonly serialNumber: string;
  readonly notBefore: PlainDate;
  readonly notAfter: PlainDate;
  readonly validity: Validity;
}

/** A certificate that somebody may vouch for, and the proposal to pin it. */
export interface OfferedSigner {
  readonly proposal: PinProposal;
  readonly certificate: SignerCertificate;
  /** Why nobody can vouch for it as a state's own (`refusedAsIssuer`); null where two administrators may. */
  readonly asIssuer: FailureCode | null;
}

/** Somebody who is pinned here, or proposed. */
export interface PinnedSigner extends Pick<Pin, 'kind' | 'fingerprint' | 'subject'> {
  readonly state: PinState;
  /** The instant (ISO 8601) of the newest act on it. */
  readonly at: string;
  /** Null for the key of a station. */
  readonly certificate: SignerCertificate | null;
}

/** A certificate (DER) that somebody may vouch for, as it stands on that day. Fails with `trust.pin-not-certificate`. */
export function signerOffered(der: Uint8Array, day: PlainDate, refusedPublicKeys: ReadonlySet<string>): OfferedSigner {
  const proposal = proposeListSigner(der);
  const certificate = parseCertificate(der);
  return {
    proposal,
    certificate: shownCertificate(certificate, day),
    asIssuer: refusedAsIssuer(certificate, refusedPublicKeys)?.code ?? null,
  };
}

/** Who stands pinned or is proposed on that day, newest first. Fails with `trust.tampered`. */
export function pinnedSigners(pins: Pick<PinsRepository, 'list'>, day: PlainDate): readonly PinnedSigner[] {
  return pins
    .list()
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map((pin) => ({
      kind: pin.kind,
      fingerprint: pin.fingerprint,
      subject: pin.subject,
      state: stateOf(pin),
      at: pin.withdrawalProposedAt ?? pin.confirmedAt ?? pin.proposedAt,
      certificate: pin.kind === 'list-signer' ? shownCertificate(parseCertificate(pin.content), day) : null,
    }));
}

function stateOf(pin: Pin): PinState {
  if (!standsPinned(pin)) return 'proposed';
  return pin.withdrawalProposedBy === null ? 'stands' : 'withdrawing';
}

/** A certificate as people compare it, as it stands on that day. */
export function shownCertificate(
  { fingerprint, subject, issuer, ...certificate }: Certificate,
  day: PlainDate,
): SignerCertificate {
  const { serialNumber, notBefore, notAfter } = certificate;
  return {
    fingerprint,
    subject: subject.text,
    issuer: issuer.text,
    country: subject.country,
    serialNumber,
    notBefore,
    notAfter,
    validity: validityOf(certificate, day),
  };
}
