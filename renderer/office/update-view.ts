import type {
  Language,
  TrustChangedView,
  TrustImportView,
  TrustRemarkView,
  TrustUpdateView,
  TrustWorkView,
} from '../../preload/contract.ts';
import catalogue from '../../resources/texts/en.json' with { type: 'json' };
import type { Texts } from '../../resources/texts/texts.ts';
import { countryName } from './trust-view.ts';

type Kind = keyof typeof catalogue.trust.kinds;
type Reason = keyof typeof catalogue.trust.reasons;

/** What was imported, in words; a kind that this page does not know is an update all the same. */
export function updateKind(kind: string, t: Texts): string {
  return t(`trust/kinds/${Object.hasOwn(catalogue.trust.kinds, kind) ? (kind as Kind) : 'other'}`);
}

const counts = [
  'newCertificates',
  'removedCertificates',
  'newRevocationLists',
  'newDefectLists',
  'newDocumentSigners',
  'knownCertificates',
] as const;

/** What an update brought, in words: what is new first. */
export function updateCounts(update: TrustUpdateView, t: Texts): readonly string[] {
  const told = counts.filter((name) => update[name] > 0).map((name) => t(`trust/${name}`, { count: update[name] }));
  const anythingNew = counts.slice(0, 5).some((name) => update[name] > 0);
  return anythingNew ? told : [t('trust/nothingNew'), ...told];
}

/** Why an entry was not taken: in the words of lists where there are some, else in those of the failure. */
export function reasonWords(
  code: TrustRemarkView['code'],
  t: Texts,
  happened: (code: TrustRemarkView['code']) => string,
): string {
  return Object.hasOwn(catalogue.trust.reasons, code) ? t(`trust/reasons/${code as Reason}`) : happened(code);
}

export interface RemarkGroup {
  readonly code: TrustRemarkView['code'];
  readonly remarks: readonly TrustRemarkView[];
}

/** Refused entries by reason, the most frequent first, each reason's by country. */
export function remarkGroups(
  remarks: readonly TrustRemarkView[],
  language: Language,
  t: Texts,
): readonly RemarkGroup[] {
  const compare = new Intl.Collator(language).compare;
  return [...Map.groupBy(remarks, ({ code }) => code)]
    .map(([code, found]) => ({
      code,
      remarks: found.toSorted((a, b) => compare(remarkCountry(a, language, t), remarkCountry(b, language, t))),
    }))
    .sort((a, b) => b.remarks.length - a.remarks.length);
}

/** The country of a refused entry. */
export function remarkCountry(
  { country, names }: TrustRemarkView | TrustChangedView,
  language: Language,
  t: Texts,
): string {
  return countryName({ code: country, names }, language, t);
}

/** What is done to the lists, in words; how far it came is told by the bar. */
export function workWords({ kind, file }: TrustWorkView, t: Texts): string {
  if (kind === 'update') return t('trust/upkeep/updating');
  return file === null ? t('trust/upkeep/opening') : t('trust/upkeep/importing', { file });
}

/** What chosen files brought: each by itself, then what changed, then how many entries were not taken. */
export function importWords({ files, change }: TrustImportView, t: Texts): readonly string[] {
  const lines = files.map(({ name, kind, read, new: found }) => {
    const counted = read === 0 ? '' : `, ${t('trust/upkeep/readAndNew', { read, found })}`;
    return `${name}: ${updateKind(kind, t)}${counted}`;
  });
  const refused = change.remarkCount === 0 ? [] : [t('trust/upkeep/notTaken', { count: change.remarkCount })];
  return [t('trust/upkeep/imported', { count: files.length }), ...lines, ...updateCounts(change, t), ...refused];
}

/** The newest change, where it can be taken back: a withdrawn signer cannot, nor what lies behind it. */
export function restorable(updates: readonly TrustUpdateView[]): TrustUpdateView | null {
  const newest = updates.find(({ kind, undone }) => !undone && kind !== 'restore');
  return newest === undefined || newest.kind === 'unpin' ? null : newest;
}
