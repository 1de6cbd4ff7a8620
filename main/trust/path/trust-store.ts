import { isSignerNamed } from '../cms/signed-data-signature.ts';
import type {
  DocumentSignerQuery,
  StoredCertificate,
  StoredDefectList,
  StoredRevocationList,
  TrustLookup,
} from '../types.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';

/** The trust store in memory: stored certificates with an index by key identifier and one by subject name. */
export class TrustStore implements TrustLookup {
  readonly #byFingerprint = new Map<string, StoredCertificate>();
  readonly #byIdentifier = new Map<string, Set<string>>();
  readonly #bySubject = new Map<string, Set<string>>();
  readonly #revocationLists = new Map<string, StoredRevocationList>();
  readonly #defectLists = new Map<string, StoredDefectList>();
  readonly #documentSigners = new Map<string, Certificate>();

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

  addRevocationList(list: StoredRevocationList): void {
    this.#revocationLists.set(list.fingerprint, list);
  }

  addDefectList(list: StoredDefectList): void {
    this.#defectLists.set(list.digest, list);
  }

  addDocumentSigner(der: Uint8Array): void {
    const certificate = parseCertificate(der);
    this.#documentSigners.set(certificate.fingerprint, certificate);
  }

  async revocationLists(country: string): Promise<readonly StoredRevocationList[]> {
    return [...this.#revocationLists.values()]
      .filter((list) => list.country === country)
      .sort((a, b) => (a.thisUpdate < b.thisUpdate ? 1 : -1));
  }

  async documentSigners(query: DocumentSignerQuery): Promise<readonly Uint8Array[]> {
    return [...this.#documentSigners.values()]
      .filter((certificate) => isSignerNamed(query, certificate))
      .map(({ der }) => der);
  }

  async defectLists(): Promise<readonly StoredDefectList[]> {
    return [...this.#defectLists.values()];
  }
}

function put(index: Map<string, Set<string>>, key: string, fingerprint: string): void {
  const fingerprints = index.get(key);
  if (fingerprints === undefined) index.set(key, new Set([fingerprint]));
  else fingerprints.add(fingerprint);
}
