import { type HeadquartersCertificate, type HeadquartersView, headquartersBounds } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { longest } from '../result/bounds.ts';
import { cleanText } from '../result/hidden-characters.ts';
import { short } from './shown-names.ts';

type Fleet = House['fleet'];
type Report = NonNullable<ReturnType<Fleet['report']>>;
type ToldCertificate = NonNullable<NonNullable<ReturnType<Fleet['show']>>['certificate']>;

/** The way to headquarters as the office shows it. Fails with `storage.locked`, and as the store does. */
export function headquartersView(
  { fleet, now, today }: Pick<House, 'fleet' | 'now' | 'today'>,
  chosen: HeadquartersView['chosen'],
): HeadquartersView {
  const report = fleet.report();
  return {
    now: now(),
    station: fleet.station(),
    set: setView(fleet.show(), today()),
    delivery: report === null ? null : deliveryOf(report),
    chosen,
  };
}

/** A certificate, and how many days are left of it. */
export function certificateView(
  { subject, fingerprint, notAfter }: ToldCertificate,
  today: string,
): HeadquartersCertificate {
  // Names stand in it that somebody else chose: nothing unseen changes what people read.
  return { subject: short(cleanText(subject)), fingerprint, notAfter, daysLeft: daysBetween(today, notAfter) };
}

/** How many wait that somebody counts: a checkpoint goes with its record. */
export function waitingOf({ parts }: Pick<Report, 'parts'>): number {
  return parts.reduce(
    (sum, { part, newest, delivered }) => (part === 'checkpoints' ? sum : sum + Math.max(0, newest - delivered)),
    0,
  );
}

function setView(set: ReturnType<Fleet['show']>, today: string): HeadquartersView['set'] {
  if (set === null) return null;
  const { host, port, database, user, identified, password, sealingKey, issuingKey, receives, setAt, setBy } = set;
  const certificate = (told: ToldCertificate | null) => (told === null ? null : certificateView(told, today));
  return {
    ...{ host: host.slice(0, headquartersBounds.host), port, identified, password },
    database: database.slice(0, headquartersBounds.database),
    user: user.slice(0, headquartersBounds.database),
    certificate: certificate(set.certificate),
    authority: certificate(set.authority),
    ...{ sealingKey, issuingKey, receives, setAt },
    setBy: setBy.slice(0, 2).map((sign) => sign.slice(0, longest.sign)),
  };
}

function deliveryOf(report: Report): HeadquartersView['delivery'] {
  const { parts, waitingSince, last, pulled, lastPull } = report;
  return {
    parts: parts.map((part) => ({ ...part })),
    waiting: waitingOf(report),
    waitingSince,
    last: last === null ? null : triedOf(last),
    wentBack:
      last === null || last.wentBack === null || last.wentBackAt === null
        ? null
        : { count: last.wentBack, at: last.wentBackAt },
    pulled: pulled.slice(0, headquartersBounds.kinds).map(({ kind, number, issuedAt, takenAt }) => ({
      ...{ kind: kind.slice(0, headquartersBounds.part), number, issuedAt, takenAt },
    })),
    lastPull: lastPull === null ? null : triedOf(lastPull),
  };
}

function triedOf({ triedAt, code, failingSince }: NonNullable<Report['last']> | NonNullable<Report['lastPull']>) {
  return { triedAt, code, failingSince };
}

function daysBetween(today: string, day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / (24 * 60 * 60_000));
}
