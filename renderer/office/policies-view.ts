import type { Language, PoliciesView, PolicyEdition, PolicyView } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { dayAndTime } from '../parts/formats.ts';

export type PolicyId = PoliciesView['policies'][number]['id'];

/** One policy that can be looked at. */
export interface PolicyChoice {
  readonly id: PolicyId;
  readonly edition: PolicyEdition;
}

/** As the value of a field. */
export function choiceKey({ id, edition }: PolicyChoice): string {
  return `${edition} ${id}`;
}

/** All that can be looked at: what is in force, the app's own where another is in force, and the file that somebody opened. */
export function policyChoices({ policies, chosen }: PoliciesView): readonly PolicyChoice[] {
  return [
    ...policies.map(({ id }) => ({ id, edition: 'in-force' as const })),
    ...policies.filter(({ from }) => from !== null).map(({ id }) => ({ id, edition: 'own' as const })),
    ...(chosen === null ? [] : [{ id: chosen.id, edition: 'chosen' as const }]),
  ];
}

/** What one of them is called. */
export function choiceName({ id, edition }: PolicyChoice, { chosen }: PoliciesView, t: Texts): string {
  const name = id === 'document' ? t('policy/document') : t(`purposes/${id}`);
  if (edition === 'own') return t('policies/own', { name });
  return edition === 'chosen' ? t('policies/chosen', { name, file: chosen?.file ?? '' }) : name;
}

/** Where one in force came from. */
export function fromWords(
  { from }: Pick<PoliciesView['policies'][number], 'from'>,
  language: Language,
  t: Texts,
): string {
  if (from === null) return t('policies/fromApp');
  return t('policies/fromStation', {
    when: dayAndTime(language, from.takenAt),
    station: from.station ?? t('policies/someStation'),
  });
}

type Entries = PolicyView['checks'];

/** What two policies say of one thing; null where one of them does not ask it. */
export interface PolicyRow {
  readonly key: string;
  readonly about: string;
  readonly one: readonly string[] | null;
  readonly other: readonly string[] | null;
  readonly differs: boolean;
}

/** Two policies beside each other, in the order of the first; what only the other one says comes last. */
export function besideEachOther(one: Entries, other: Entries | null): readonly PolicyRow[] {
  const linesOf = (entries: Entries, key: string) => entries.find((entry) => entry.key === key)?.lines ?? null;
  const rest = other?.filter(({ key }) => linesOf(one, key) === null) ?? [];
  return [...one, ...rest].map(({ key, about }) => {
    const [first, second] = [linesOf(one, key), other === null ? null : linesOf(other, key)];
    const differs = other !== null && JSON.stringify(first) !== JSON.stringify(second);
    return { key, about, one: first, other: second, differs };
  });
}
