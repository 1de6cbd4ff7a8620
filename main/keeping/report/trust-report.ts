import type { PlainDate } from '../../result/plain-date.ts';
import type { TrustHistoryEntry } from '../../store/trust-changes.ts';
import type { FreshnessFact } from '../../trust/path/freshness.ts';
import type { StoredCertificate } from '../../trust/types.ts';

/** A list with its age, and whether the desk is to be told: stale, or in the last part of its life. */
export interface ListAge extends FreshnessFact {
  readonly due: boolean;
}

/** What is held of one country. `selfSigned` and `links` add up; orphans are links that no key verified. */
export interface CountryReport {
  /** As the certificates write it. */
  readonly code: string;
  /** Null where the code stands in no table. */
  readonly names: { readonly sv: string; readonly en: string } | null;
  readonly certificates: number;
  readonly selfSigned: number;
  readonly links: number;
  readonly orphans: number;
  /** Those whose last day lies within the next twelve months, and those past it. */
  readonly expiring: number;
  readonly expired: number;
  readonly lastDay: PlainDate | null;
  readonly revocationLists: number;
}

export type Validity = 'valid' | 'expiring' | 'expired' | 'not-yet';

/** The trust store as people see it: counts, chains, ages. Nothing here changes it. */
export interface TrustReport {
  readonly countries: () => {
    readonly certificates: number;
    readonly documentSigners: number;
    /** By code. */
    readonly countries: readonly CountryReport[];
  };
  /** Null where nothing is held under this code. Certificates by their first day. */
  readonly country: (code: string) => Promise<{
    readonly country: CountryReport;
    readonly certificates: readonly (StoredCertificate & { readonly validity: Validity })[];
    readonly revocationLists: readonly ListAge[];
  } | null>;
  /** Every list, those that hurt first, and the updates, newest first. */
  readonly sources: () => Promise<{
    readonly lists: readonly ListAge[];
    readonly updates: readonly TrustHistoryEntry[];
  }>;
  readonly state: () => Promise<{
    readonly certificates: number;
    readonly due: readonly ListAge[];
    /** The newest day that the station has seen, where the clock shows an earlier one. */
    readonly clockBehind: PlainDate | null;
  }>;
  /** The names of a country by the code that certificates write. */
  readonly namesOf: (code: string) => CountryReport['names'];
}
