import { asFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { IsRevoked, StoredCertificate } from '../types.ts';
import { type Certificate, parseCertificate, publicKeyOf, signatureStanding } from '../x509/certificate.ts';
import type { SignatureStanding } from '../x509/verify-signature.ts';
import { isBelieved } from './belief.ts';
import { voucherFor } from './link-belief.ts';

/** Why a link is believed or not, as far as the certificates at hand tell; null where none of their keys has signed it. */
export type LinkVerdict = { readonly issuer: StoredCertificate } | { readonly code: FailureCode } | null;

/** A link to be proved: which keys have been tried on it, and which one has signed it. */
export interface OpenLink {
  readonly certificate: Certificate;
  readonly tried: Set<string>;
  signedBy: string | null;
  isMisencoded: boolean;
}

interface Held {
  readonly stored: StoredCertificate;
  readonly certificate: Certificate;
  readonly believed: boolean;
}

// Authorities have a handful of keys under one name (CN eight). So that many certificates of one name cost time in proportion.
const mostTried = 12;

export function openLink(certificate: Certificate): OpenLink {
  return { certificate, tried: new Set(), signedBy: null, isMisencoded: false };
}

/** The certificates at hand, by which links are proved. */
export class LinkProof {
  readonly #byIdentifier = new Map<string, Set<string>>();
  readonly #bySubject = new Map<string, Set<string>>();
  readonly #byKey = new Map<string, Map<string, StoredCertificate>>();
  readonly #read = new Map<string, Certificate>();
  readonly #isRevoked: IsRevoked;

  constructor(held: Iterable<StoredCertificate>, isRevoked: IsRevoked) {
    this.#isRevoked = isRevoked;
    for (const stored of held) this.add(stored);
  }

  /** Adds a certificate, or replaces it. Only what is believed vouches. */
  add(stored: StoredCertificate): void {
    const { fingerprint, subjectKeyIdentifier, subjectKey, publicKeyFingerprint: key } = stored.summary;
    const ofKey = this.#byKey.get(key) ?? new Map<string, StoredCertificate>();
    this.#byKey.set(key, ofKey.set(fingerprint, stored));
    if (!isBelieved(stored)) return;
    if (subjectKeyIdentifier !== null) put(this.#byIdentifier, subjectKeyIdentifier, key);
    put(this.#bySubject, subjectKey, key);
  }

  /** Judges a link by the keys that its identifier or its issuer's name leads to and that were not tried on it before. */
  prove(link: OpenLink): LinkVerdict {
    try {
      link.signedBy ??= this.#signerOf(link);
    } catch (thrown) {
      return { code: asFailure(thrown).code };
    }
    if (link.signedBy === null) {
      // X.690 §10.1: right numbers, wrongly written. Nobody need believe it for that.
      if (link.isMisencoded) return { code: 'certificate.signature-misencoded' };
      return this.#isAtHand(link.certificate) ? { code: 'certificate.signature-wrong' } : null;
    }
    const verdict = voucherFor(link.certificate, this.#holdersOf(link.signedBy), this.#isRevoked);
    return 'issuer' in verdict ? { issuer: verdict.issuer.stored } : verdict;
  }

  #signerOf(link: OpenLink): string | null {
    const { certificate, tried } = link;
    const { authorityKeyIdentifier } = certificate.extensions;
    const identified = authorityKeyIdentifier === null ? undefined : this.#byIdentifier.get(authorityKeyIdentifier);
    for (const keys of [identified, this.#bySubject.get(certificate.issuer.key)])
      for (const key of keys ?? []) {
        if (tried.size >= mostTried) return null;
        if (tried.has(key)) continue;
        tried.add(key);
        const standing = this.#standingOf(key, certificate);
        if (standing === 'right') return key;
        link.isMisencoded ||= standing === 'misencoded';
      }
    return null;
  }

  #standingOf(key: string, link: Certificate): SignatureStanding {
    const [holder] = this.#holdersOf(key);
    return holder === undefined ? 'wrong' : signatureStanding(link, publicKeyOf(holder.certificate));
  }

  // The key that the link names stands there under the name that the link gives its issuer, and did not sign it.
  #isAtHand({ issuer, extensions }: Certificate): boolean {
    const keys = this.#byIdentifier.get(extensions.authorityKeyIdentifier ?? '') ?? new Set<string>();
    return [...keys].some((key) => this.#bySubject.get(issuer.key)?.has(key) === true);
  }

  #holdersOf(key: string): readonly Held[] {
    return [...(this.#byKey.get(key)?.values() ?? [])].map((stored) => ({
      stored,
      certificate: this.#certificateOf(stored),
      believed: isBelieved(stored),
    }));
  }

  #certificateOf({ summary, der }: StoredCertificate): Certificate {
    const read = this.#read.get(summary.fingerprint) ?? parseCertificate(der);
    this.#read.set(summary.fingerprint, read);
    return read;
  }
}

function put(index: Map<string, Set<string>>, name: string, key: string): void {
  const keys = index.get(name);
  if (keys === undefined) index.set(name, new Set([key]));
  else keys.add(key);
}
