import type { TextKey, Texts } from './texts.ts';

type ToldCondition =
  | { readonly kind: 'validUntil'; readonly date: string }
  | { readonly kind: 'scope'; readonly scope: string };

const known: Readonly<Record<string, TextKey>> = {
  'no-third-party-identification': 'conditions/scope/no-third-party-identification',
  'this-visit-only': 'conditions/scope/this-visit-only',
};

/** A condition of a verdict as a sentence: a scope of the house's own in the language of the texts, else as the bank wrote it. */
export function conditionWords(condition: ToldCondition, t: Texts, day: (date: string) => string = String): string {
  if (condition.kind === 'validUntil') return t('conditions/validUntil', { date: day(condition.date) });
  const key = Object.hasOwn(known, condition.scope) ? known[condition.scope] : undefined;
  return key === undefined ? condition.scope : t(key);
}
