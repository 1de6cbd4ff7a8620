import type { StoredCertificate } from '../types.ts';
import { type Certificate, parseCertificate, publicKeyOf } from '../x509/certificate.ts';
import type { PublicKey } from '../x509/public-key.ts';

/** A certificate that may have issued another one. */
export interface PossibleIssuer {
  readonly certificate: Certificate;
  readonly publicKeyFingerprint: string;
  readonly key: PublicKey;
}

type LaterRead = () => PossibleIssuer;

// Authorities have a handful of keys under one name (CN eight) and two under one identifier (IL, TR). A list with more of them
// costs time in proportion to its length, not to its square.
const mostTried = 12;

/** Certificates by key identifier and by subject name, one for each key, read when they are first needed. */
export class IssuerIndex {
  readonly #byIdentifier = new Map<string, Map<string, LaterRead>>();
  readonly #bySubject = new Map<string, Map<string, LaterRead>>();

  addStored(stored: StoredCertificate): void {
    const { subjectKeyIdentifier, subjectKey, publicKeyFingerprint } = stored.summary;
    let read: PossibleIssuer | null = null;
    this.#add(subjectKeyIdentifier, subjectKey, publicKeyFingerprint, () => {
      const certificate = read?.certificate ?? parseCertificate(stored.der);
      read ??= { certificate, publicKeyFingerprint, key: publicKeyOf(certificate) };
      return read;
    });
  }

  add(issuer: PossibleIssuer): void {
    const { extensions, subject } = issuer.certificate;
    this.#add(extensions.subjectKeyIdentifier, subject.key, issuer.publicKeyFingerprint, () => issuer);
  }

  #add(identifier: string | null, subjectKey: string, publicKey: string, issuer: LaterRead): void {
    if (identifier !== null) put(this.#byIdentifier, identifier, publicKey, issuer);
    put(this.#bySubject, subjectKey, publicKey, issuer);
  }

  /** Those with this subject key identifier, the first so many. */
  withIdentifier(identifier: string): readonly PossibleIssuer[] {
    return first(this.#byIdentifier.get(identifier));
  }

  /** Those with this subject name, the first so many. */
  withSubject(subjectKey: string): readonly PossibleIssuer[] {
    return first(this.#bySubject.get(subjectKey));
  }
}

function first(issuers: ReadonlyMap<string, LaterRead> | undefined): readonly PossibleIssuer[] {
  return issuers === undefined
    ? []
    : issuers
        .values()
        .take(mostTried)
        .map((read) => read())
        .toArray();
}

function put(index: Map<string, Map<string, LaterRead>>, name: string, publicKey: string, issuer: LaterRead): void {
  const keys = index.get(name);
  if (keys === undefined) index.set(name, new Map([[publicKey, issuer]]));
  else keys.set(publicKey, issuer);
}
