import type { PlainDate } from '../../result/plain-date.ts';
import type { KeptReading, ReadingCounts } from '../../store/second-readings.ts';
import type { TrustHistoryEntry } from '../../store/trust-changes.ts';
import type { TrustRepository } from '../../store/types.ts';
import { sameCountry } from '../../trust/country-codes.ts';
import { countCertificates, type TrustCensus } from '../../trust/lists/count-certificates.ts';
import { type Pin, standsPinned } from '../../trust/lists/pins.ts';
import { secondHand } from '../../trust/second-reading/kinds.ts';
import type { StoredCertificate, StoredDefectList, StoredRevocationList, TrustLimits } from '../../trust/types.ts';
import { explainCertificate, storedCertificate, type TrustExplanation } from './explain-certificate.ts';
import { meantCertificate } from './meant-certificate.ts';

/** Everything that is held, of one country or of all. */
export interface HeldTrust {
  readonly certificates: readonly StoredCertificate[];
  readonly census: TrustCensus;
  readonly revocationLists: readonly StoredRevocationList[];
  readonly defectLists: readonly StoredDefectList[];
  readonly documentSigners: number;
  readonly pins: readonly (Pin & { readonly stands: boolean })[];
}

/** What the trust store holds, one by one, as administrators ask for it. Nothing here changes it. */
export interface Holdings {
  readonly counts: () => { readonly certificates: number; readonly documentSigners: number };
  /** `country`: a code of the MRZ or of certificates, null for all. `on` is the day for which what has run out is counted. */
  readonly all: (wish: { readonly country: string | null; readonly on: PlainDate }) => Promise<HeldTrust>;
  /**
   * The stored certificate that someone means, by its fingerprint (six digits or more) or by its file, and those for the same
   * key. Fails with `certificate.not-held`, and as `meantCertificate` does.
   */
  readonly certificate: (meant: string) => {
    readonly stored: StoredCertificate;
    readonly sameKey: readonly StoredCertificate[];
    /** Null where it was read once. */
    readonly reading: KeptReading | null;
  };
  /** Why a certificate is believed on that day, or is not; any certificate file will do. Fails as `meantCertificate`. */
  readonly explain: (meant: string, at: PlainDate) => Promise<TrustExplanation>;
  /** How the second readings of the whole store came out, and how many are waited for. */
  readonly secondReading: () => ReadingCounts;
  /** Every change, newest first. */
  readonly history: () => readonly TrustHistoryEntry[];
}

/** The holdings of one trust store. */
export function holdings(trust: TrustRepository, limits: () => TrustLimits): Holdings {
  return {
    counts: () => ({ certificates: trust.count(), documentSigners: trust.countDocumentSigners() }),
    all: async ({ country, on }) => {
      const isWanted = (code: string): boolean => country === null || isOf(code, country);
      const certificates = trust.list().filter(({ summary }) => isWanted(summary.country));
      return {
        certificates,
        census: countCertificates(certificates, on),
        revocationLists: trust.allRevocationLists().filter((list) => isWanted(list.country)),
        defectLists: await trust.defectLists(),
        documentSigners: trust.countDocumentSigners(),
        pins: trust.pins.list().map((pin) => ({ ...pin, stands: standsPinned(pin) })),
      };
    },
    certificate: (meant) => {
      const stored = storedCertificate(trust, meantCertificate(meant, trust).fingerprint);
      const { fingerprint, publicKeyFingerprint } = stored.summary;
      const sameKey = trust
        .list()
        .filter(({ summary }) => summary.publicKeyFingerprint === publicKeyFingerprint)
        .filter(({ summary }) => summary.fingerprint !== fingerprint);
      return { stored, sameKey, reading: trust.secondReadings.of(fingerprint) };
    },
    explain: (meant, at) => explainCertificate(meantCertificate(meant, trust), trust, { at, limits: limits() }),
    secondReading: () => trust.secondReadings.count(secondHand),
    history: () => trust.history(),
  };
}

function isOf(certificateCountry: string, wanted: string): boolean {
  return sameCountry(wanted, certificateCountry) ?? wanted.toUpperCase() === certificateCountry;
}
