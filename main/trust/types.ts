import type { Check } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Defect, DefectList } from './defects/defect-types.ts';
import type { Certificate } from './x509/certificate.ts';

/** A certificate of the store as kept and shown: read once at import, so that no later start parses the lists again. */
export interface CertificateSummary {
  /** SHA-256 over the DER bytes, lower-case hex: the certificate's name in the house. */
  readonly fingerprint: string;
  /** SHA-256 over subjectPublicKeyInfo, lower-case hex. */
  readonly publicKeyFingerprint: string;
  /** countryName of the subject, upper case, two letters (some states write three); empty where there is none. */
  readonly country: string;
  /** Names in RFC 4514 order of writing, for people. */
  readonly subject: string;
  readonly issuer: string;
  /** Names normalised for comparison (RDN order, string type, case and white space do not count). */
  readonly subjectKey: string;
  readonly issuerKey: string;
  readonly serialNumber: string;
  /** Lower-case hex, null where the extension is missing. */
  readonly subjectKeyIdentifier: string | null;
  readonly authorityKeyIdentifier: string | null;
  /** For people: `RSA 4096`, `EC brainpoolP512r1 (explicit)`. */
  readonly keyKind: string;
  /** For people: `RSASSA-PSS SHA-256`, `ECDSA SHA-512`. */
  readonly signatureAlgorithm: string;
  readonly notBefore: PlainDate;
  readonly notAfter: PlainDate;
  /** `self-signed` where subject and issuer key are the same, else `link`. */
  readonly kind: 'self-signed' | 'link';
}

/** Which list or act brought a certificate in. */
export interface TrustSource {
  readonly kind: 'master-list' | 'pinned' | 'training' | 'directory';
  /** Digest of the list, SHA-256 in lower-case hex, or the fingerprint of the pinned certificate. */
  readonly digest: string;
  /** Signing time of the list, where it has one; of `pinned` the day of the act. */
  readonly date: PlainDate | null;
}

export interface StoredCertificate {
  readonly summary: CertificateSummary;
  readonly der: Uint8Array;
  /** Fingerprint of the certificate whose key verified this one; its own for a self-signed one; null for an orphan. */
  readonly verifiedBy: string | null;
  readonly sources: readonly TrustSource[];
  /**
   * What a second reading by another hand has otherwise, of it or of all that it rests on; left out where there is nothing. No
   * check that rests on it is successful (`main/trust/second-reading`).
   */
  readonly readingsDiffer?: readonly string[];
}

/**
 * What passive authentication asks of the trust store. Both keys may be given; the answer holds every certificate that
 * matches one of them, each at most once. Asked across processes, hence the promise.
 */
export interface TrustLookup {
  candidates(query: {
    readonly keyIdentifier: string | null;
    readonly subjectKey: string | null;
  }): Promise<readonly StoredCertificate[]>;
  /** How many certificates are believed at all: an empty store is said as such. */
  size(): Promise<number>;
  /** The revocation lists of a country (two letters, upper case), newest first. An owner without any leaves it out. */
  revocationLists?(country: string): Promise<readonly StoredRevocationList[]>;
  /** Document signers (DER) that some directory has published: found, not believed; the path decides. */
  documentSigners?(query: DocumentSignerQuery): Promise<readonly Uint8Array[]>;
  /** The lists of defects and deviations that were verified at import. */
  defectLists?(): Promise<readonly StoredDefectList[]>;
}

/** The names by which a SignerIdentifier finds its certificate (RFC 5652 §5.3). */
export type DocumentSignerQuery =
  | { readonly keyIdentifier: string }
  | { readonly issuerKey: string; readonly serialNumber: string };

/** A document signer of a directory as kept. */
export interface DocumentSignerRow {
  readonly fingerprint: string;
  readonly country: string;
  readonly issuerKey: string;
  readonly serialNumber: string;
  readonly subjectKeyIdentifier: string | null;
  readonly der: Uint8Array;
}

/** A revocation list as kept: its signature was verified at import and is verified again where it is used. */
export interface StoredRevocationList {
  /** SHA-256 over the DER bytes, lower-case hex. */
  readonly fingerprint: string;
  readonly country: string;
  readonly issuer: string;
  readonly issuerKey: string;
  readonly thisUpdate: PlainDate;
  readonly nextUpdate: PlainDate | null;
  readonly number: string | null;
  readonly entries: number;
  readonly der: Uint8Array;
  /** What earlier lists of the issuer had revoked and this one does not name: revoked all the same. None where left out. */
  readonly omitted?: readonly OmittedRevocation[];
  /** What a second reading by another hand has otherwise; left out where there is nothing. Such a list clears nobody. */
  readonly readingsDiffer?: readonly string[];
}

/** A certificate that was revoked by an earlier list and is not named by a later one. */
export interface OmittedRevocation {
  /** As `serialKey` writes it. */
  readonly serial: string;
  readonly date: PlainDate;
  /** CRLReason, null where none was given. */
  readonly reason: number | null;
  /** Fingerprint of the list that named it. */
  readonly list: string;
}

/** A defect list (TR-03129-2) or deviation list (9303-3 §7) as kept. */
export interface StoredDefectList {
  /** SHA-256 over the file, lower-case hex. */
  readonly digest: string;
  readonly kind: 'defect-list' | 'deviation-list';
  readonly signer: string;
  readonly date: PlainDate | null;
  /** The whole file (CMS). */
  readonly der: Uint8Array;
}

/** A defect that applies, and the list that says so. */
export interface KnownDefect {
  readonly defect: Defect;
  readonly list: Pick<DefectList, 'digest' | 'kind' | 'signer' | 'date'>;
  /** Whether the entry names the document signer: without that it could mean whatever anybody has made. */
  readonly named: boolean;
}

/** What the lists of the station say about a document. */
export interface DefectFinding {
  /** Those that speak for documents of its state. */
  readonly lists: readonly Pick<DefectList, 'digest' | 'kind' | 'signer' | 'date'>[];
  /** What the ages of the lists are measured by. */
  readonly at: PlainDate;
  readonly limits: TrustLimits;
  /** Whether one of the lists still holds: without one, nothing found says nothing. */
  readonly fresh: boolean;
  readonly known: readonly KnownDefect[];
  /** Those that may apply: the list names days of issue, and the document told none. */
  readonly possible: readonly KnownDefect[];
}

/** How old what the station goes by may be, in days (settings of the station). */
export interface TrustLimits {
  readonly masterListDays: number;
  /** For a list that does not say when the next one comes. */
  readonly revocationListDays: number;
  readonly defectListDays: number;
  /** How long an administrator's word for a single certificate holds before somebody looks again. */
  readonly certificateDays: number;
  /** How long before the limit the desk is told. */
  readonly noticeDays: number;
}

/** How the station stands to time when it judges: what dates and the ages of lists are measured by. */
export interface StationTime {
  readonly limits: TrustLimits;
  /** The newest day that the station has seen (lists, its last record); null where it has seen none. */
  readonly newestKnown: PlainDate | null;
  /**
   * The newest instant that the station's own records tell of (ISO 8601), where its clock stands more than five minutes before it; else
   * null. Lists are dated by days and by the place, what the station wrote itself by its own clock.
   */
  readonly behind: string | null;
}

/** What was read of one data group: its raw file, or that it is there (EF.COM, EF.SOD) without having been read. */
export type DataGroupContent = Uint8Array | 'present' | 'absent';

export interface PassiveAuthenticationInput {
  readonly kind: 'EF.SOD' | 'EF.CardSecurity';
  /** The file as read, tag 77 included for EF.SOD. */
  readonly securityObject: Uint8Array;
  /** Raw files by number; ignored for EF.CardSecurity. */
  readonly dataGroups: ReadonlyMap<number, DataGroupContent>;
  /** Issuing state as DG1 prints it (`SWE`, `D`), null where DG1 was not read. */
  readonly issuer: string | null;
  /** Document code of DG1 (`P`, `ID`), null where DG1 was not read. */
  readonly documentCode: string | null;
  readonly at: PlainDate;
  readonly trust: TrustLookup;
  /** `standardLimits` where they are left out. */
  readonly limits?: TrustLimits;
  /** What the document says of itself, by which defect lists find it; each null where it was not read. */
  readonly document?: { readonly number: string | null; readonly issued: PlainDate | null };
  /** The newest day that the station has seen: with a clock before it nothing can be said of dates. */
  readonly newestKnown?: PlainDate | null;
  /** As `StationTime.behind`. */
  readonly behind?: string | null;
}

export interface PassiveAuthentication {
  /**
   * One entry each: `passive-authentication.hashes` (EF.SOD only), `.signature`, `.path`, `.revocation`, `.validity`,
   * `.country`.
   */
  readonly checks: readonly Check[];
  /** The groups that the security object lists; empty where it could not be read. */
  readonly listedDataGroups: readonly number[];
  /** The latest day that the object, its signer or the document state of their making; null where none is stated. */
  readonly made: PlainDate | null;
  /** eContent, for what reads EF.CardSecurity; null where it could not be read. */
  readonly content: Uint8Array | null;
  /** Signer first, then the issuer that verified it; what the results rest on. */
  readonly certificatePath: readonly CertificateSummary[];
  /** What the defect lists say about the document; `applyDefects` does to the checks what follows from it. */
  readonly defects: DefectFinding;
}

/** Whether some revocation list of its own authority names a certificate. */
export type IsRevoked = (certificate: Certificate) => boolean;

/** A certificate that an import could not vouch for (orphan) or did not take (refused), and why. */
export interface ImportRemark {
  readonly country: string;
  readonly subject: string;
  /** SHA-256 over the DER bytes, lower-case hex. */
  readonly fingerprint: string;
  readonly code: FailureCode;
}

/** The certificate that signed a master list, and the pinned certificate that vouches for it. */
export interface ListSigner {
  readonly subject: string;
  readonly issuer: string;
  readonly fingerprint: string;
  /** Fingerprint of the pinned certificate: the signer's own or its issuer's. */
  readonly pinned: string;
}

/** What an import needs from its surroundings. */
export interface ImportContext {
  readonly at: PlainDate;
  /** Everything that the store holds already: issuers of link certificates, and what need not be verified again. */
  readonly known: readonly StoredCertificate[];
  /** SHA-256 over subjectPublicKeyInfo, lower-case hex, of keys that are never believed: the published specimen issuers. */
  readonly refusedPublicKeys: ReadonlySet<string>;
  /** What the revocation lists of the station say: no link is believed for the sake of a key that was revoked. */
  readonly isRevoked: IsRevoked;
  /** Called between certificates; awaited, so that long work can yield. */
  readonly onProgress?: (done: number, total: number) => void | Promise<void>;
}

/** What an import found; nothing is stored yet. The counts are of distinct certificates but for `read`. */
export interface TrustImport {
  readonly read: number;
  readonly new: number;
  readonly known: number;
  /** How many of the accepted ones some key in the list or the store verifies. */
  readonly verified: number;
  readonly orphans: readonly ImportRemark[];
  readonly refused: readonly ImportRemark[];
  /** Taken ones of which a part that is not critical could not be read (RFC 5280 §4.2). */
  readonly remarked: readonly ImportRemark[];
  /** Null where a single certificate was pinned. */
  readonly signer: ListSigner | null;
  /** Signing time of the list; null where it states none. */
  readonly listDate: PlainDate | null;
  /** SHA-256 over the imported file, lower-case hex. */
  readonly digest: string;
  /** What is to be stored: new ones, and known ones with the new source added. Orphans are among them. */
  readonly certificates: readonly StoredCertificate[];
}

export type MasterListImport = TrustImport & { readonly signer: ListSigner };
