import type { Language } from '../../../resources/texts/languages.ts';
import { toHex } from '../../result/bytes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { PinsRepository } from '../../store/pins-repository.ts';
import type { TrustHistoryEntry } from '../../store/trust-changes.ts';
import type { TrustRepository } from '../../store/types.ts';
import { allCountries, type Country, countryOf, namesOfCountry } from '../../trust/country-codes.ts';
import { clockWentBack, type DatedList, type FreshnessFact, freshness } from '../../trust/path/freshness.ts';
import type { StationTime, StoredCertificate } from '../../trust/types.ts';
import { datedRevocationList, type HeldLists, heldLists } from './held-lists.ts';
import { type OfferedSigner, type PinnedSigner, pinnedSigners, signerOffered } from './list-signers.ts';
import { type Origin, originsOf, type VouchedAuthority, vouchedAuthorities } from './trust-basis.ts';
import { type Validity, validityOf } from './validity.ts';

/** A list with its age, and whether the desk is to be told: stale, or in the last part of its life. */
export interface ListAge extends FreshnessFact {
  readonly due: boolean;
}

/** What is held of one country. `selfSigned` and `links` add up; orphans are links that no key verified. */
export interface CountryReport {
  /** As the certificates write it. */
  readonly code: string;
  /** Null where the code stands in no table. */
  readonly names: Readonly<Record<Language, string>> | null;
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
    /**
     * The newest day that the station has seen, where the clock shows an earlier one; or the newest instant of its own records (ISO
     * 8601), where it was set back behind that by less.
     */
    readonly clockBehind: string | null;
  }>;
  /** As `pinnedSigners`: whose lists are taken here. */
  readonly signers: () => readonly PinnedSigner[];
  /** As `signerOffered`: a certificate (DER) that somebody may vouch for. */
  readonly offered: (der: Uint8Array) => OfferedSigner;
  /** As `vouchedAuthorities`. */
  readonly authorities: () => Promise<readonly VouchedAuthority[]>;
  /** As `originsOf`. */
  readonly origins: () => readonly (Origin & { readonly voucher: Voucher | null })[];
  /** What the station with this public key (hex) is called where it stands pinned; null where it does not. */
  readonly stationOf: (publicKey: string) => string | null;
  /** The names of a country by the code that certificates write. */
  readonly namesOf: (code: string) => CountryReport['names'];
}

/** Whose word something rests on: a pinned signer's, a station's, this station's own people's. */
export interface Voucher {
  readonly kind: 'list-signer' | 'station-key' | 'own';
  /** For people; null where it stands pinned no longer, or its station never did. */
  readonly name: string | null;
}

type Held = Pick<
  TrustRepository,
  'origins' | 'listOrigins' | 'bundleOf' | 'list' | 'count' | 'countDocumentSigners' | 'history' | 'revocationLists'
> &
  HeldLists & { readonly pins: Pick<PinsRepository, 'list'> };

/** What people see of the trust store on the day that the station's clock shows, by the station's own limits. */
export function trustReport(
  trust: Held,
  station: {
    readonly today: () => PlainDate;
    readonly time: () => Promise<StationTime>;
    /** Issuers' keys that this folder never believes. */
    readonly refusedPublicKeys: () => ReadonlySet<string>;
  },
): TrustReport {
  const { today } = station;

  const aged = async (lists: readonly DatedList[]): Promise<readonly ListAge[]> => {
    const { limits } = await station.time();
    return freshness(lists, today(), limits).map((fact) => ({ ...fact, due: isDue(fact) }));
  };

  return {
    countries: () => {
      const lists = Map.groupBy(trust.allRevocationLists(), ({ country }) => country);
      const certificates = trust.list();
      const byCountry = Map.groupBy(certificates, ({ summary }) => summary.country);
      return {
        certificates: certificates.length,
        documentSigners: trust.countDocumentSigners(),
        countries: [...byCountry].map(([code, held]) =>
          countryReport(code, held, lists.get(code)?.length ?? 0, today()),
        ),
      };
    },
    country: async (code) => {
      const held = trust.list(code);
      if (held.length === 0) return null;
      const lists = await trust.revocationLists(code);
      return {
        country: countryReport(code, held, lists.length, today()),
        certificates: held
          .map((stored) => ({ ...stored, validity: validityOf(stored.summary, today()) }))
          .sort((a, b) => (a.summary.notBefore < b.summary.notBefore ? -1 : 1)),
        revocationLists: await aged(lists.map(datedRevocationList)),
      };
    },
    sources: async () => ({ lists: await aged(await heldLists(trust)), updates: trust.history() }),
    state: async () => {
      const { newestKnown, behind } = await station.time();
      return {
        certificates: trust.count(),
        due: (await aged(await heldLists(trust))).filter(({ due }) => due),
        clockBehind: clockWentBack(today(), newestKnown) ? newestKnown : behind,
      };
    },
    signers: () => pinnedSigners(trust.pins, today()),
    offered: (der) => signerOffered(der, today(), station.refusedPublicKeys()),
    stationOf: (publicKey) =>
      trust.pins
        .list()
        .find(
          ({ kind, content, withdrawnAt }) =>
            kind === 'station-key' && withdrawnAt === null && toHex(content) === publicKey,
        )?.subject ?? null,
    authorities: async () => vouchedAuthorities(trust, today(), (await station.time()).limits),
    origins: () => originsOf(trust).map((origin) => ({ ...origin, voucher: voucherOf(origin, trust) })),
    namesOf,
  };
}

function voucherOf({ kind, vouchedBy }: Origin, { pins, bundleOf }: Held): Voucher | null {
  if (kind === 'pinned' && bundleOf(vouchedBy) === null) return { kind: 'own', name: null };
  if (vouchedBy === '') return null;
  const pin = pins
    .list()
    .find((each) => (each.kind === 'station-key' ? toHex(each.content) : each.fingerprint) === vouchedBy);
  if (pin !== undefined) return { kind: pin.kind, name: pin.subject };
  return { kind: bundleOf(vouchedBy) === null ? 'list-signer' : 'station-key', name: null };
}

// Several codes of the MRZ share two letters (D, DEU) and one signs for others (CHN: HK): of those whose own it is, the first.
const byTwoLetters: ReadonlyMap<string, Country> = new Map(
  allCountries
    .toReversed()
    .toSorted((a, b) => b.alpha2.length - a.alpha2.length)
    .flatMap((country) => country.alpha2.map((code) => [code, country] as const)),
);
// Where a part of the state or of the organisation comes first in the table.
const states: Readonly<Record<string, string>> = { GB: 'GBR', UN: 'UNO' };

function namesOf(code: string): CountryReport['names'] {
  const country = countryOf(states[code] ?? code) ?? byTwoLetters.get(code);
  return country === undefined ? null : namesOfCountry(country);
}

function countryReport(
  code: string,
  held: readonly StoredCertificate[],
  revocationLists: number,
  day: PlainDate,
): CountryReport {
  const counted = (fits: (stored: StoredCertificate) => boolean): number => held.filter(fits).length;
  const lastDays = held.map(({ summary }) => summary.notAfter).sort();
  return {
    code,
    names: namesOf(code),
    certificates: held.length,
    selfSigned: counted(({ summary }) => summary.kind === 'self-signed'),
    links: counted(({ summary }) => summary.kind === 'link'),
    orphans: counted(({ verifiedBy }) => verifiedBy === null),
    expiring: counted(({ summary }) => validityOf(summary, day) === 'expiring'),
    expired: counted(({ summary }) => validityOf(summary, day) === 'expired'),
    lastDay: lastDays.at(-1) ?? null,
    revocationLists,
  };
}

// Many states renew their revocation lists at the last moment: told before the last third of its life, a notice would
// stand at the desk on most days and be read on none.
function isDue({ freshness: found, ageDays, daysLeft }: FreshnessFact): boolean {
  if (found === 'fresh') return false;
  if (found !== 'soon stale' || ageDays === null || daysLeft === null) return true;
  return daysLeft * 2 <= ageDays;
}
