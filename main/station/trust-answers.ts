import {
  type MethodName,
  type TrustCertificateView,
  type TrustListView,
  type TrustRemarkView,
  type TrustUpdateView,
  trustBounds,
} from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import type { ListAge, TrustReport } from '../house/trust-report.ts';
import type { Answers } from './desk.ts';

type TrustMethod = Extract<MethodName, `trust.${string}`>;
type Country = NonNullable<Awaited<ReturnType<TrustReport['country']>>>;
type Update = Awaited<ReturnType<TrustReport['sources']>>['updates'][number];

const mostDue = 5;
const longestName = 1_000;
const mostSources = 100;

/** What the office's pages ask of the trust store. Long names are cut, long lists end: the counts beside them do not. */
export function trustAnswers(house: House): Pick<Answers, TrustMethod> {
  const { trustReport, today } = house;
  return {
    'trust.countries': () => {
      const { countries, ...counts } = trustReport.countries();
      return { today: today(), ...counts, countries: countries.slice(0, trustBounds.countries) };
    },
    'trust.country': async (code) => {
      const found = await trustReport.country(code);
      if (found === null) return null;
      return {
        today: today(),
        country: found.country,
        certificates: found.certificates.slice(0, trustBounds.certificates).map(certificateView),
        revocationLists: found.revocationLists.slice(0, trustBounds.lists).map(listView),
      };
    },
    'trust.sources': async () => {
      const { lists, updates } = await trustReport.sources();
      return {
        today: today(),
        lists: lists.slice(0, trustBounds.lists).map(listView),
        updates: updates.slice(0, trustBounds.updates).map((update) => updateView(update, trustReport)),
      };
    },
    'trust.state': async () => {
      const { certificates, due, clockBehind } = await trustReport.state();
      return { certificates, clockBehind, due: due.slice(0, mostDue).map(listView), dueCount: due.length };
    },
  };
}

function short(text: string): string {
  return text.length <= longestName ? text : `${text.slice(0, longestName - 1)}…`;
}

function listView({ kind, name, date, ageDays, until, daysLeft, freshness, due }: ListAge): TrustListView {
  const found = freshness === 'soon stale' ? 'soon-stale' : freshness;
  return { kind, name: short(name), date, ageDays, until, daysLeft, freshness: found, due };
}

function certificateView({
  summary,
  verifiedBy,
  validity,
  sources,
}: Country['certificates'][number]): TrustCertificateView {
  const { fingerprint, publicKeyFingerprint, subject, issuer, serialNumber, keyKind } = summary;
  const { signatureAlgorithm, notBefore, notAfter, kind } = summary;
  return {
    fingerprint,
    publicKeyFingerprint,
    subject: short(subject),
    issuer: short(issuer),
    serialNumber: short(serialNumber),
    keyKind: keyKind.slice(0, 200),
    signatureAlgorithm: signatureAlgorithm.slice(0, 200),
    notBefore,
    notAfter,
    kind,
    verifiedBy,
    validity,
    sources: sources.slice(0, mostSources).map(({ kind: from, digest, date }) => ({ kind: from, digest, date })),
  };
}

function updateView(
  { at, kind, signer, date, counts, remarks, changed, undoneBy }: Update,
  { namesOf }: TrustReport,
): TrustUpdateView {
  const remarkView = ({ country, subject, fingerprint, code }: Update['remarks'][number]): TrustRemarkView => ({
    country,
    names: namesOf(country),
    subject: short(subject),
    fingerprint,
    code,
  });
  return {
    at,
    kind,
    signer: signer === null ? null : short(signer),
    date,
    ...counts,
    remarkCount: remarks.length,
    remarks: remarks.slice(0, trustBounds.remarks).map(remarkView),
    changed: changed.slice(0, trustBounds.remarks).map(({ change, country, subject, fingerprint }) => ({
      change,
      country,
      names: namesOf(country),
      subject: short(subject),
      fingerprint,
    })),
    undone: undoneBy !== null,
  };
}
