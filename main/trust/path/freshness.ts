import { addDays, daysBetween, type PlainDate } from '../../result/plain-date.ts';
import type { StoredCertificate, TrustLimits, TrustLookup, TrustSource } from '../types.ts';

/**
 * 9303-12 §4.1.5: a revocation list at least every 90 days. For master lists no interval is given; states publish every few
 * weeks to months, and a year without news is no news any more. The same goes for somebody's word for one certificate.
 */
export const standardLimits: TrustLimits = {
  masterListDays: 365,
  revocationListDays: 90,
  defectListDays: 365,
  certificateDays: 365,
  noticeDays: 45,
};

/** A list that the station goes by, as far as its age matters; `certificate` is one that an administrator vouched for. */
export interface DatedList {
  readonly kind: 'master-list' | 'revocation-list' | 'defect-list' | 'deviation-list' | 'certificate';
  /** For people: the country or the signer. */
  readonly name: string;
  readonly date: PlainDate | null;
  /** What the list itself says, null where it says nothing. */
  readonly nextUpdate: PlainDate | null;
}

/** `ahead`: dated after the day that the clock shows. `unknown`: without a date nobody can tell, so it counts as stale. */
export type Freshness = 'fresh' | 'soon stale' | 'stale' | 'ahead' | 'unknown';

export interface FreshnessFact extends DatedList {
  readonly ageDays: number | null;
  /** The last day on which the list is relied on. */
  readonly until: PlainDate | null;
  readonly daysLeft: number | null;
  readonly freshness: Freshness;
}

/** How fresh each list is on a day, those that hurt first. Pure: the day and the limits are given. */
export function freshness(
  lists: readonly DatedList[],
  at: PlainDate,
  limits: TrustLimits = standardLimits,
): readonly FreshnessFact[] {
  return lists
    .map((list) => factOf(list, at, limits))
    .sort((a, b) => (a.daysLeft ?? Number.NEGATIVE_INFINITY) - (b.daysLeft ?? Number.NEGATIVE_INFINITY));
}

function factOf(list: DatedList, at: PlainDate, limits: TrustLimits): FreshnessFact {
  if (list.date === null) return { ...list, ageDays: null, until: null, daysLeft: null, freshness: 'unknown' };
  const until = lastDay(list.kind, list.date, list.nextUpdate, limits);
  const [ageDays, daysLeft] = [daysBetween(list.date, at), daysBetween(at, until)];
  const found = ageDays < 0 ? 'ahead' : daysLeft < 0 ? 'stale' : daysLeft <= limits.noticeDays ? 'soon stale' : 'fresh';
  return { ...list, ageDays, until, daysLeft, freshness: found };
}

// 9303-12 §4.1.5: a state issues its next revocation list within 90 days, whatever the list says of it. What may pass beyond
// that until it has arrived everywhere: some states let two lists overlap by up to a month, and §5 knows of remote offices.
const overlapDays = 30;

/**
 * The last day on which a list of this date is relied on: as the list says itself, a revocation list no longer than the limit
 * and the overlap of two editions. Its signer could otherwise fix the past for decades (a nextUpdate in 2049).
 */
export function lastDay(
  kind: DatedList['kind'],
  date: PlainDate,
  nextUpdate: PlainDate | null,
  limits: TrustLimits,
): PlainDate {
  const longest = kind === 'revocation-list' ? addDays(date, limits.revocationListDays + overlapDays) : null;
  if (nextUpdate !== null) return longest !== null && longest < nextUpdate ? longest : nextUpdate;
  const days = {
    'master-list': limits.masterListDays,
    'revocation-list': limits.revocationListDays,
    'defect-list': limits.defectListDays,
    'deviation-list': limits.defectListDays,
    certificate: limits.certificateDays,
  }[kind];
  return addDays(date, days);
}

/**
 * The last day on which a source vouches for what it brought; null where no day limits it, `never` where it vouches for
 * nothing by itself. A directory export is signed by nobody, so its age is unknown and makes nothing fresh.
 */
export function heldUntil({ kind, date }: TrustSource, limits: TrustLimits): PlainDate | null | 'never' {
  if (kind === 'training') return null;
  if (kind === 'directory' || date === null) return 'never';
  return lastDay(kind === 'pinned' ? 'certificate' : 'master-list', date, null, limits);
}

/** Whether one of the sources still holds. */
export function isFreshlySourced(sources: readonly TrustSource[], at: PlainDate, limits: TrustLimits): boolean {
  return sources
    .map((source) => heldUntil(source, limits))
    .some((until) => until === null || (until !== 'never' && at <= until));
}

// A state's chain of links has a handful of steps.
const mostSteps = 16;

/**
 * Whether a certificate of the store is held by something that is not past its limit: a list, somebody's word, or, where a
 * directory brought it, the certificate whose key proved it.
 */
export async function isHeldFresh(
  certificate: StoredCertificate,
  trust: Pick<TrustLookup, 'candidates'>,
  { at, limits }: { readonly at: PlainDate; readonly limits: TrustLimits },
): Promise<boolean> {
  let step: StoredCertificate | undefined = certificate;
  for (let steps = 0; step !== undefined && steps < mostSteps; steps++) {
    const { sources, verifiedBy, summary }: StoredCertificate = step;
    if (isFreshlySourced(sources, at, limits)) return true;
    if (verifiedBy === null || verifiedBy === summary.fingerprint || !sources.some(({ kind }) => kind === 'directory'))
      return false;
    const { authorityKeyIdentifier: keyIdentifier, issuerKey: subjectKey } = summary;
    const issuers: readonly StoredCertificate[] = await trust.candidates({ keyIdentifier, subjectKey });
    step = issuers.find((issuer) => issuer.summary.fingerprint === verifiedBy);
  }
  return false;
}

/** Whether a list holds on a day; one without a date holds on none. */
export function isFreshOn(
  { kind, date, nextUpdate }: Omit<DatedList, 'name'>,
  at: PlainDate,
  limits: TrustLimits,
): boolean {
  return date !== null && at <= lastDay(kind, date, nextUpdate, limits);
}

/** What the clock is measured by. */
export interface KnownDays {
  readonly lists: readonly DatedList[];
  /** The day of the last record, or of anything else that the station wrote itself. */
  readonly lastWritten: PlainDate | null;
}

/** The newest day that the station has seen, null where it has seen none. */
export function newestKnownDay({ lists, lastWritten }: KnownDays): PlainDate | null {
  const days = [...lists.map(({ date }) => date), lastWritten].filter((day) => day !== null);
  return days.reduce<PlainDate | null>((newest, day) => (newest === null || day > newest ? day : newest), null);
}

// Lists are dated in UTC and clocks by the place: one day apart is the same moment. What the station wrote itself has instants, and
// is measured by them (`StationTime.behind`).
const tolerance = 1;

/** Whether the clock shows an earlier day than one that the station has seen (TR-03135-1 §5.6.4.3.4: `clock.went-back`). */
export function clockWentBack(at: PlainDate, newestKnown: PlainDate | null): boolean {
  return newestKnown !== null && daysBetween(at, newestKnown) > tolerance;
}
