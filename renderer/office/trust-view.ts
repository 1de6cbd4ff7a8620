import type { CallResult, Language, TrustCountryRow, TrustListView, TrustStateView } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { dayInWords, timeInWords } from '../parts/formats.ts';
import { wordsIn } from '../parts/language.ts';
import type { Mark } from '../parts/result-mark.tsx';

/** The columns by which countries are sorted. */
export const countryColumns = [
  'name',
  'certificates',
  'selfSigned',
  'links',
  'orphans',
  'expiring',
  'expired',
  'lastDay',
] as const;
export type CountryColumn = (typeof countryColumns)[number];

export interface Sorting {
  readonly column: CountryColumn;
  readonly descending: boolean;
}

/** A country's name in the language of the page; its code where it has none, words where it has no code either. */
export function countryName(row: Pick<TrustCountryRow, 'code' | 'names'>, language: Language, t: Texts): string {
  if (row.names !== null) return row.names[language];
  return row.code === '' ? t('trust/unnamed') : row.code;
}

/** What a press on a column's head makes of the sorting: names begin at A, numbers with the most. */
export function sortedBy(sorting: Sorting, column: CountryColumn): Sorting {
  if (sorting.column === column) return { column, descending: !sorting.descending };
  return { column, descending: column !== 'name' && column !== 'lastDay' };
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The countries that fit what was typed, by name in any language or by code, in the order that is wished. */
export function shownCountries(
  rows: readonly TrustCountryRow[],
  query: string,
  sorting: Sorting,
  language: Language,
  t: Texts,
): readonly TrustCountryRow[] {
  const wanted = plain(query.trim());
  const fits = ({ code, names }: TrustCountryRow): boolean =>
    wanted === '' ||
    plain(code) === wanted ||
    (wanted.length > 1 && Object.values(names ?? {}).some((name) => plain(name).includes(wanted))) ||
    (wanted.length === 1 && plain(countryName({ code, names }, language, t)).startsWith(wanted));
  const byName = new Intl.Collator(language).compare;
  const { column, descending } = sorting;
  const order = (a: TrustCountryRow, b: TrustCountryRow): number => {
    const names = byName(countryName(a, language, t), countryName(b, language, t));
    if (column === 'name') return descending ? -names : names;
    const [one, other] = [a[column] ?? '', b[column] ?? ''];
    const compared = one === other ? 0 : one < other ? -1 : 1;
    return (descending ? -compared : compared) || names;
  };
  return rows.filter(fits).toSorted(order);
}

const monthDays = 30.44;

/** How long ago, in whole days up to two months, then months up to two years, then years. */
export function ageInWords(days: number, t: Texts): string {
  if (days < 0) return t('trust/inFuture');
  if (days === 0) return t('trust/today');
  if (days === 1) return t('trust/yesterday');
  if (days < 61) return t('trust/agoDays', { count: days });
  if (days < 731) return t('trust/agoMonths', { count: Math.floor(days / monthDays) });
  return t('trust/agoYears', { count: Math.floor(days / 365.25) });
}

/** How long a list is still relied on, or how long it has not been. */
export function timeLeftInWords(days: number, t: Texts): string {
  if (days < 0) return t('trust/passed', { ago: ageInWords(-days, t) });
  if (days === 0) return t('trust/lastToday');
  if (days < 61) return t('trust/leftDays', { count: days });
  if (days < 731) return t('trust/leftMonths', { count: Math.floor(days / monthDays) });
  return t('trust/leftYears', { count: Math.floor(days / 365.25) });
}

/** The common name (or organisation) and country of a distinguished name as RFC 4514 writes it; all of it where there is none. */
export function nameInShort(name: string): string {
  const parts = new Map(
    name
      .split(/(?<!\\)[,+]/)
      .map((part) => part.split('='))
      .toReversed()
      .map(([type = '', ...value]) => [type, value.join('=').replace(/\\(.)/g, '$1')]),
  );
  const own = parts.get('CN') ?? parts.get('OU') ?? parts.get('O');
  const country = parts.get('C');
  return own === undefined ? name : country === undefined ? own : `${own} (${country.toUpperCase()})`;
}

/** What a list is called: its kind, and whose it is where that is known. */
export function listName({ kind, name }: Pick<TrustListView, 'kind' | 'name'>, t: Texts): string {
  return [t(`trust/kinds/${kind}`), name === '' ? null : nameInShort(name)].filter((part) => part !== null).join(' · ');
}

/** The shape beside a list's freshness. */
export function freshnessMark(freshness: TrustListView['freshness']): Mark {
  return freshness === 'fresh' ? 'successful' : freshness === 'soon-stale' ? 'refer' : 'failed';
}

/** What the desk says of the lists: quietly while there is time, clearly where it hurts. */
export interface NoticeOfLists {
  readonly tone: 'quiet' | 'clear';
  readonly words: string;
}

/** The notice of the desk for what `trust.state` came to: where the lists do not answer, that is what it says (`trust.tampered`). */
export function noticeOf(result: CallResult<'trust.state'>, language: Language, t: Texts): NoticeOfLists | null {
  if (result.ok) return trustNotice(result.value, language, t);
  const { happened, staff } = wordsIn(language).failure(result.code);
  return { tone: 'clear', words: `${happened} ${staff}` };
}

/** The notice of the desk; null where all is well. What hurts most is named, the rest is counted. */
export function trustNotice(state: TrustStateView, language: Language, t: Texts): NoticeOfLists | null {
  if (state.clockBehind !== null) {
    return { tone: 'clear', words: t('trust/noticeClock', { date: timeInWords(language, state.clockBehind) }) };
  }
  if (state.certificates === 0) return { tone: 'clear', words: t('trust/empty') };
  const [first] = state.due;
  const since = state.updatesFailingSince;
  // Lists grow old because of it: said before one that will be too old, after one that is.
  if (since !== null && (first === undefined || first.freshness === 'soon-stale'))
    return { tone: 'quiet', words: t('trust/noticeFailing', { date: dayInWords(language, since.slice(0, 10)) }) };
  if (first === undefined) return null;
  const others = state.dueCount - 1;
  const words = [listSentence(first, language, t), others > 0 ? `+ ${t('trust/noticeMore', { count: others })}` : null];
  return {
    tone: first.freshness === 'soon-stale' ? 'quiet' : 'clear',
    words: words.filter((part) => part !== null).join(' '),
  };
}

function listSentence(list: TrustListView, language: Language, t: Texts): string {
  const name = listName(list, t);
  if (list.freshness === 'ahead') return t('trust/noticeAhead', { list: name });
  if (list.until === null || list.daysLeft === null) return t('trust/noticeUnknown', { list: name });
  const date = dayInWords(language, list.until);
  if (list.freshness === 'stale') return t('trust/noticeStale', { list: name, date });
  return t('trust/noticeSoon', { list: name, left: timeLeftInWords(list.daysLeft, t), date });
}
