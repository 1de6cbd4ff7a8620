import { addYears, type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import type { TrustRepository } from '../store/types.ts';
import { allCountries, type Country, countryOf } from '../trust/country-codes.ts';
import { clockWentBack, type DatedList, type FreshnessFact, freshness, newestKnownDay } from '../trust/freshness.ts';
import type { StoredCertificate, StoredRevocationList } from '../trust/types.ts';
import type { CountryReport, ListAge, TrustReport, Validity } from './trust-report.ts';

type Held = Pick<
  TrustRepository,
  | 'list'
  | 'count'
  | 'countDocumentSigners'
  | 'sources'
  | 'history'
  | 'allRevocationLists'
  | 'revocationLists'
  | 'defectLists'
>;

/** What people see of the trust store. `lastWritten` is the instant of the station's newest record, null without one. */
export function houseTrust(
  trust: Held,
  station: { readonly today: () => PlainDate; readonly lastWritten: () => string | null },
): TrustReport {
  const { today } = station;

  const aged = (lists: readonly DatedList[]): readonly ListAge[] =>
    freshness(lists, today()).map((fact) => ({ ...fact, due: isDue(fact) }));

  const datedLists = async (): Promise<readonly DatedList[]> => [
    ...masterLists(trust),
    ...trust.allRevocationLists().map(datedRevocationList),
    ...newestEach(
      (await trust.defectLists()).map(({ kind, signer, date }) => ({ kind, name: signer, date, nextUpdate: null })),
    ),
  ];

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
          .map((stored) => ({ ...stored, validity: validityOf(stored, today()) }))
          .sort((a, b) => (a.summary.notBefore < b.summary.notBefore ? -1 : 1)),
        revocationLists: aged(lists.map(datedRevocationList)),
      };
    },
    sources: async () => ({ lists: aged(await datedLists()), updates: trust.history() }),
    state: async () => {
      const lists = await datedLists();
      const written = station.lastWritten();
      const newest = newestKnownDay({
        lists,
        lastWritten: written === null ? null : parsePlainDate(written.slice(0, 10)),
      });
      return {
        certificates: trust.count(),
        due: aged(lists).filter(({ due }) => due),
        clockBehind: clockWentBack(today(), newest) ? newest : null,
      };
    },
    namesOf,
  };
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
  return country === undefined ? null : { sv: country.sv, en: country.en };
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
    expiring: counted((stored) => validityOf(stored, day) === 'expiring'),
    expired: counted((stored) => validityOf(stored, day) === 'expired'),
    lastDay: lastDays.at(-1) ?? null,
    revocationLists,
  };
}

function validityOf({ summary }: StoredCertificate, day: PlainDate): Validity {
  if (summary.notAfter < day) return 'expired';
  if (summary.notBefore > day) return 'not-yet';
  return summary.notAfter <= addYears(day, 1) ? 'expiring' : 'valid';
}

// Of each signer the newest edition counts. Lists that came in without a history name no signer: the newest stands for them.
function masterLists(trust: Held): readonly DatedList[] {
  const updates = trust.history();
  const told = updates.filter(({ kind }) => kind === 'master-list');
  const digests = new Set(updates.map(({ digest }) => digest));
  const untold = trust.sources().filter(({ kind, digest }) => kind === 'master-list' && !digests.has(digest));
  return newestEach([
    ...told.map(({ signer, date }) => ({ kind: 'master-list' as const, name: signer ?? '', date, nextUpdate: null })),
    ...untold.map(({ date }) => ({ kind: 'master-list' as const, name: '', date, nextUpdate: null })),
  ]);
}

function newestEach(lists: readonly DatedList[]): readonly DatedList[] {
  const newest = new Map<string, DatedList>();
  for (const list of lists) {
    const key = `${list.kind} ${list.name}`;
    const present = newest.get(key);
    if (present === undefined || (list.date ?? '') > (present.date ?? '')) newest.set(key, list);
  }
  return [...newest.values()];
}

function datedRevocationList({ issuer, thisUpdate, nextUpdate }: StoredRevocationList): DatedList {
  return { kind: 'revocation-list', name: issuer, date: thisUpdate, nextUpdate };
}

// Many states renew their revocation lists at the last moment: told before the last third of its life, a notice would
// stand at the desk on most days and be read on none.
function isDue({ freshness: found, ageDays, daysLeft }: FreshnessFact): boolean {
  if (found === 'fresh') return false;
  if (found !== 'soon stale' || ageDays === null || daysLeft === null) return true;
  return daysLeft * 2 <= ageDays;
}
