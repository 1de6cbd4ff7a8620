import type { StoredCertificate, TrustLookup } from './types.ts';

/** The trust store in memory: stored certificates with an index by key identifier and one by subject name. */
export class TrustStore implements TrustLookup {
  readonly #byFingerprint = new Map<string, StoredCertificate>();
  readonly #byIdentifier = new Map<string, Set<string>>();
  readonly #bySubject = new Map<string, Set<string>>();

  constructor(certificates: Iterable<StoredCertificate> = []) {
    for (const certificate of certificates) this.add(certificate);
  }

  /** Adds a certificate, or replaces the one with the same fingerprint. */
  add(certificate: StoredCertificate): void {
    const { fingerprint, subjectKeyIdentifier, subjectKey } = certificate.summary;
    this.#byFingerprint.set(fingerprint, certificate);
    if (subjectKeyIdentifier !== null) put(this.#byIdentifier, subjectKeyIdentifier, fingerprint);
    put(this.#bySubject, subjectKey, fingerprint);
  }

  get certificates(): readonly StoredCertificate[] {
    return [...this.#byFingerprint.values()];
  }

  async candidates(query: {
    readonly keyIdentifier: string | null;
    readonly subjectKey: string | null;
  }): Promise<readonly StoredCertificate[]> {
    const identified = query.keyIdentifier === null ? undefined : this.#byIdentifier.get(query.keyIdentifier);
    const named = query.subjectKey === null ? undefined : this.#bySubject.get(query.subjectKey);
    return [...new Set([...(identified ?? []), ...(named ?? [])])].flatMap(
      (fingerprint) => this.#byFingerprint.get(fingerprint) ?? [],
    );
  }

  async size(): Promise<number> {
    return this.#byFingerprint.size;
  }
}

function put(index: Map<string, Set<string>>, key: string, fingerprint: string): void {
  const fingerprints = index.get(key);
  if (fingerprints === undefined) index.set(key, new Set([fingerprint]));
  else fingerprints.add(fingerprint);
}
