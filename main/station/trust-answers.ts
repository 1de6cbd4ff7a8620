import {
  type MethodName,
  type SignerMethod,
  type TrustBasisMethod,
  type TrustCertificateView,
  type TrustImportView,
  type TrustLastUpdateView,
  type TrustListView,
  type TrustRemarkView,
  type TrustUpdateView,
  trustBounds,
} from '../../preload/contract.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';
import type { ImportedFiles } from '../keeping/import/import-files.ts';
import type { ListAge, TrustReport } from '../keeping/report/trust-report.ts';
import type { TrustUpdate } from '../keeping/update/update-trust.ts';
import type { TrustUpkeep } from '../keeping/update/upkeep.ts';
import { longest, most } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import type { Answers } from './answers.ts';
import type { AskedAct, Confirmed } from './confirmation.ts';
import { confirmersOf } from './dangerous-acts.ts';
import { languageOf } from './interface-language.ts';
import { countryCode, short } from './shown-names.ts';
import type { SignerLook } from './signer-look.ts';
import type { TrustTending } from './trust-tending.ts';

type TrustMethod = Exclude<Extract<MethodName, `trust.${string}`>, SignerMethod | TrustBasisMethod>;
type Country = NonNullable<Awaited<ReturnType<TrustReport['country']>>>;
type Update = Awaited<ReturnType<TrustReport['sources']>>['updates'][number];

/** What the office's pages ask of the trust store. Long names are cut, long lists end: the counts beside them do not. */
export function trustAnswers(around: {
  readonly house: House;
  readonly tending: TrustTending;
  readonly look: SignerLook;
  readonly chooseFiles: () => Promise<readonly string[]>;
  /** Has people confirm an act where no page can answer. */
  readonly confirm: (asked: AskedAct) => Promise<Confirmed>;
  readonly changed: () => null;
}): Pick<Answers, TrustMethod> {
  const { house, tending, look, chooseFiles, confirm, changed } = around;
  const { today, keeping } = house;
  const { report, upkeep, acts } = keeping;
  return {
    'trust.countries': () => {
      const { countries, ...counts } = report.countries();
      return {
        today: today(),
        ...counts,
        countries: countries
          .slice(0, trustBounds.countries)
          .map((country) => ({ ...country, code: countryCode(country.code) })),
      };
    },
    'trust.country': async (code) => {
      const found = await report.country(code);
      if (found === null) return null;
      return {
        today: today(),
        country: { ...found.country, code: countryCode(found.country.code) },
        certificates: found.certificates.slice(0, trustBounds.certificates).map(certificateView),
        revocationLists: found.revocationLists.slice(0, trustBounds.lists).map(listView),
      };
    },
    'trust.sources': async () => {
      const { lists, updates } = await report.sources();
      return {
        today: today(),
        lists: lists.slice(0, trustBounds.lists).map(listView),
        updates: updates.slice(0, trustBounds.updates).map((update) => updateView(update, report)),
        ...fetching(upkeep),
      };
    },
    'trust.state': async () => {
      const { certificates, due, clockBehind } = await report.state();
      return {
        certificates,
        clockBehind,
        due: due.slice(0, most.listsDue).map(listView),
        dueCount: due.length,
        updatesFailingSince: upkeep.failingLongSince(),
      };
    },
    'trust.update': async () => lastUpdateView(await tending.update()),
    'trust.import': async () => {
      // Nobody chooses files for what cannot begin; while they choose, something else may have begun.
      tending.refuseIfBusy();
      const paths = await chooseFiles();
      return paths.length === 0 ? null : importView(await look.take(paths), report);
    },
    'trust.takeAgain': async () => {
      const { looked } = look;
      if (looked === null) throw new Failure('trust.pin-unknown');
      return importView(await look.take(looked.paths), report);
    },
    'trust.cancel': () => {
      tending.cancel();
      return null;
    },
    'trust.restore': async () => {
      tending.refuseIfBusy();
      const next = acts.nextRestored();
      if (next === null) throw new Failure('trust.nothing-to-restore');
      const { by } = await confirm(restoreAsked(house, next));
      tending.refuseIfBusy();
      // What people read is what is taken back: the side door may have been quicker.
      if (acts.nextRestored()?.id !== next.id) throw new Failure('confirm.changed');
      const restored = acts.restore('names' in by ? by.names : by.operators.map(({ sign }) => sign));
      changed();
      return updateView(restored, report);
    },
  };
}

function restoreAsked(house: Pick<House, 'keeping'>, next: Update): AskedAct {
  const language = languageOf(house);
  const text = textsIn(language);
  const { at, signer, date, counts } = next;
  const rows = [
    [text('confirm/rows/importedAt'), at.slice(0, 16).replace('T', ' ')],
    [text('confirm/rows/signer'), signer ?? text('confirm/rows/nobody')],
    [text('confirm/rows/date'), date ?? '–'],
    [text('confirm/rows/certificates'), `+${counts.newCertificates} / −${counts.removedCertificates}`],
    [text('confirm/rows/revocationLists'), `+${counts.newRevocationLists}`],
    [text('confirm/rows/defectLists'), `+${counts.newDefectLists}`],
  ].map(([label = '', value = '']) => ({ label, value }));
  return {
    language,
    words: { what: text('confirm/acts/trust.restore'), why: text('confirm/why/trust.restore'), rows },
    by: confirmersOf('trust.restore', house.keeping.operators),
    secret: null,
  };
}

function fetching({ places, last }: TrustUpkeep) {
  const [source, update] = [places(), last()];
  return { places: source === null ? null : [...source], last: update === null ? null : lastUpdateView(update) };
}

function lastUpdateView({ at, outcome, code, files, ...update }: TrustUpdate): TrustLastUpdateView {
  const { newCertificates, removedCertificates, failingSince } = update;
  const told = files.slice(0, trustBounds.files).map((file) => ({ ...file, name: file.name.slice(-longest.fileName) }));
  return { at, outcome, code, newCertificates, removedCertificates, failingSince, files: told };
}

function importView({ files, change }: ImportedFiles, report: TrustReport): TrustImportView {
  const told = files.slice(0, trustBounds.files).map((file) => ({ ...file, name: file.name.slice(-longest.fileName) }));
  return { files: told, change: updateView(change, report) };
}

function listView({ kind, name, date, ageDays, until, daysLeft, freshness, due }: ListAge): TrustListView {
  const found = freshness === 'soon stale' ? 'soon-stale' : freshness;
  return { kind, name: short(name), date, ageDays, until, daysLeft, freshness: found, due };
}

function certificateView({
  summary,
  verifiedBy,
  validity,
  readingsDiffer,
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
    keyKind: keyKind.slice(0, longest.algorithm),
    signatureAlgorithm: signatureAlgorithm.slice(0, longest.algorithm),
    notBefore,
    notAfter,
    kind,
    verifiedBy,
    validity,
    readingsDiffer: readingsDiffer !== undefined,
    sources: sources.slice(0, most.sources).map(({ kind: from, digest, date }) => ({ kind: from, digest, date })),
  };
}

function updateView(
  { at, kind, signer, date, counts, remarks, changed, undoneBy }: Update,
  { namesOf }: TrustReport,
): TrustUpdateView {
  const remarkView = ({ country, subject, fingerprint, code }: Update['remarks'][number]): TrustRemarkView => ({
    country: countryCode(country),
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
    // A part that could not be read took nothing away from the rest.
    remarkCount: remarks.filter(({ code }) => code !== 'certificate.part-unreadable').length,
    remarks: remarks.slice(0, trustBounds.remarks).map(remarkView),
    changed: changed.slice(0, trustBounds.remarks).map(({ change, country, subject, fingerprint }) => ({
      change,
      country: countryCode(country),
      names: namesOf(country),
      subject: short(subject),
      fingerprint,
    })),
    undone: undoneBy !== null,
  };
}
