import type { AuthorityView, Language, OriginView, TrustBasisView } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { dayAndTime, dayInWords } from '../parts/formats.ts';
import type { Mark } from '../parts/result-mark.tsx';
import { fingerprintGroups } from './signers-view.ts';
import { nameInShort } from './trust-view.ts';
import { updateKind } from './update-view.ts';

/** The places that somebody typed, one on each line. */
export function placesTyped(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The codes of states that somebody typed, with what people put between them. */
export function statesTyped(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}

/** What comes of comparing what somebody was given with the station's own key. */
export type Compared =
  | { readonly is: 'same' | 'strange' }
  | { readonly is: 'differs'; readonly group: number }
  | { readonly is: 'unfinished'; readonly count: number };

const digitsOfKey = 64;

/**
 * What was given compared with the fingerprint of the station's key, or with the key itself; null where nothing was. Spaces and colons
 * are how people write it.
 */
export function comparedWith(
  given: string,
  { fingerprint, hex }: Pick<NonNullable<TrustBasisView['station']>, 'fingerprint' | 'hex'>,
): Compared | null {
  const digits = given.replaceAll(/[\s:]/g, '').toLowerCase();
  if (digits === '') return null;
  if (!/^[0-9a-f]*$/.test(digits) || digits.length > digitsOfKey) return { is: 'strange' };
  if (digits.length < digitsOfKey) return { is: 'unfinished', count: digits.length };
  if (digits === fingerprint || digits === hex) return { is: 'same' };
  const own = fingerprintGroups(fingerprint);
  return { is: 'differs', group: fingerprintGroups(digits).findIndex((group, index) => group !== own[index]) + 1 };
}

/** How somebody's word for a certificate stands, in words. */
export function wordWords(
  { since, until, daysLeft, own, alsoHeld }: AuthorityView,
  language: Language,
  t: Texts,
): string {
  if (!own) return t('trust/authorities/bundle');
  if (since === null || until === null || daysLeft === null) return t('trust/authorities/unknown');
  const [date, last] = [dayInWords(language, since), dayInWords(language, until)];
  return daysLeft < 0
    ? t(alsoHeld ? 'trust/authorities/past' : 'trust/authorities/stale', { until: last })
    : t('trust/authorities/since', { date, until: last });
}

/** The shape beside it. */
export const wordMarks: Readonly<Record<AuthorityView['freshness'], Mark>> = {
  fresh: 'successful',
  'soon-stale': 'refer',
  stale: 'failed',
  ahead: 'failed',
  unknown: 'untold',
};

/** What came from one place: its kind, and whose it is. */
export function originWhat({ kind, name, date }: OriginView, language: Language, t: Texts): string {
  const what =
    kind === 'pinned' || kind === 'training' || kind === 'directory'
      ? t(`trust/sources/${kind}`)
      : t(`trust/kinds/${kind}`);
  const dated = date === null || kind === 'pinned' ? null : t('trust/dated', { date: dayInWords(language, date) });
  return [what, name === null ? null : nameInShort(name), dated].filter((part) => part !== null).join(' · ');
}

/** When it came, and as what. */
export function originTaken({ kind, takenAt, takenAs }: OriginView, language: Language, t: Texts): string {
  if (takenAt === null) return t(kind === 'training' ? 'trust/origins/withApp' : 'trust/origins/earlier');
  return t('trust/origins/asFile', { when: dayAndTime(language, takenAt), kind: updateKind(takenAs ?? '', t) });
}

/** On whose word it rests. What a directory or a revocation list brings is proved by a key that was believed before. */
export function originWord({ kind, voucher }: OriginView, t: Texts): string {
  if (kind === 'training') return t('trust/origins/words/app');
  if (voucher === null)
    return t(
      kind === 'directory' || kind === 'revocation-list' ? 'trust/origins/words/key' : 'trust/origins/words/unwritten',
    );
  if (voucher.kind === 'own') return t('trust/origins/words/own');
  return voucher.name === null || voucher.kind === 'station-key'
    ? t(`trust/origins/words/${voucher.kind}`)
    : nameInShort(voucher.name);
}
