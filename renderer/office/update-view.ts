import type { Language, TrustChangedView, TrustRemarkView, TrustUpdateView } from '../../preload/contract.ts';
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
