import { type Certificate, parseCertificate, publicKeyOf } from './certificate.ts';
import type { PublicKey } from './public-key.ts';
import type { StoredCertificate } from './types.ts';

/** A certificate that may have issued another one. */
export interface PossibleIssuer {
  readonly certificate: Certificate;
  readonly publicKeyFingerprint: string;
  readonly key: PublicKey;
}

/** Certificates by key identifier and by subject name, read when they are first needed. */
export class IssuerIndex {
  readonly #byIdentifier = new Map<string, (() => PossibleIssuer)[]>();
  readonly #bySubject = new Map<string, (() => PossibleIssuer)[]>();

  addStored(stored: StoredCertificate): void {
    const { subjectKeyIdentifier, subjectKey, publicKeyFingerprint } = stored.summary;
    this.#add(subjectKeyIdentifier, subjectKey, () => {
      const certificate = parseCertificate(stored.der);
      return { certificate, publicKeyFingerprint, key: publicKeyOf(certificate) };
    });
  }

  add(issuer: PossibleIssuer): void {
    const { extensions, subject } = issuer.certificate;
    this.#add(extensions.subjectKeyIdentifier, subject.key, () => issuer);
  }

  #add(identifier: string | null, subjectKey: string, issuer: () => PossibleIssuer): void {
    const push = (map: Map<string, (() => PossibleIssuer)[]>, key: string) => {
      const list = map.get(key);
      if (list === undefined) map.set(key, [issuer]);
      else list.push(issuer);
    };
    if (identifier !== null) push(this.#byIdentifier, identifier);
    push(this.#bySubject, subjectKey);
  }

  /** Those with this subject key identifier, one for each key. */
  withIdentifier(identifier: string): PossibleIssuer[] {
    return distinctKeys(this.#byIdentifier.get(identifier));
  }

  /** Those with this subject name, one for each key. */
  withSubject(subjectKey: string): PossibleIssuer[] {
    return distinctKeys(this.#bySubject.get(subjectKey));
  }
}

function distinctKeys(issuers: readonly (() => PossibleIssuer)[] = []): PossibleIssuer[] {
  return [
    ...new Map(issuers.map((issuer) => issuer()).map((issuer) => [issuer.publicKeyFingerprint, issuer])).values(),
  ];
}
