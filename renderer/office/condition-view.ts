import type { AppInfo, DeskState, TrustStateView } from '../../preload/contract.ts';
import type { Language, Texts } from '../../resources/texts/texts.ts';
import { dayAndTime, timeInWords } from '../parts/formats.ts';
import { wordsIn } from '../parts/language.ts';
import type { Mark } from '../parts/result-mark.tsx';

/** One thing that a station needs, how it stands, and what to do where it does not stand well. */
export interface ConditionItem {
  readonly id: 'service' | 'readers' | 'key' | 'station' | 'delivery' | 'trust' | 'clock' | 'updates';
  readonly mark: Mark;
  readonly words: string;
  readonly advice: string | null;
}

interface Known {
  readonly state: DeskState;
  readonly info: AppInfo;
  /** Null while it is not there yet, or does not answer. */
  readonly trust: TrustStateView | null;
}

/** How this station stands, in the order in which a case needs it. */
export function conditionOf({ state, info, trust }: Known, language: Language, t: Texts): readonly ConditionItem[] {
  return [
    serviceItem(state, language, t),
    readersItem(state, t),
    keyItem(info, t),
    stationItem(state, t),
    ...(state.delivery === null ? [] : [deliveryItem(state.delivery, language, t)]),
    ...(trust === null ? [] : trustItems(trust, language, t)),
  ];
}

function serviceItem({ service }: DeskState, language: Language, t: Texts): ConditionItem {
  if (service.available) return { id: 'service', mark: 'successful', words: t('condition/serviceThere'), advice: null };
  const words = service.code === null ? null : wordsIn(language).failure(service.code);
  return {
    id: 'service',
    mark: 'failed',
    words: words?.happened ?? t('condition/serviceGone'),
    advice: words?.staff ?? null,
  };
}

function readersItem({ readers }: DeskState, t: Texts): ConditionItem {
  const names = readers.map(({ name, kind }) => (kind === 'training' ? t('training/readerName') : name));
  return readers.length === 0
    ? { id: 'readers', mark: 'failed', words: t('condition/noReader'), advice: t('condition/noReaderAdvice') }
    : { id: 'readers', mark: 'successful', words: names.join(', '), advice: null };
}

function keyItem({ key }: AppInfo, t: Texts): ConditionItem {
  const weak = key === 'basic-text';
  return {
    id: 'key',
    mark: weak ? 'refer' : 'successful',
    words: t(`condition/key-${key}`),
    advice: weak ? t('app/basicText') : null,
  };
}

function stationItem({ station, stationName }: DeskState, t: Texts): ConditionItem {
  const kind = t(`records/station-${station ?? 'not-set'}`);
  return {
    id: 'station',
    mark: station === null ? 'refer' : 'successful',
    words: stationName === null ? kind : `${stationName}: ${kind}`,
    advice: station === null ? t('app/stationNotSet') : null,
  };
}

function deliveryItem(delivery: NonNullable<DeskState['delivery']>, language: Language, t: Texts): ConditionItem {
  const { waiting, since, pull, parcels } = delivery;
  const code = delivery.code ?? pull.code ?? parcels.code;
  const words =
    waiting > 0 && since !== null
      ? t('delivery/waitingSince', { count: waiting, since: dayAndTime(language, since) })
      : t(waiting > 0 ? 'delivery/waiting' : 'delivery/done', { count: waiting });
  if (code === null) return { id: 'delivery', mark: 'successful', words, advice: null };
  const { happened, staff } = wordsIn(language).failure(code);
  // Of what headquarters sent nobody here chose a file.
  const isIssues = delivery.code === null && pull.refused.length > 0 && code !== 'bundle.signer-not-pinned';
  const advice = isIssues ? t('delivery/tellHeadquarters') : staff;
  const refused = pull.refused.map((kind) => `${t(`delivery/refused-${kind}`)} `).join('');
  const held = parcels.code === null ? '' : `${t('delivery/parcels')} `;
  return { id: 'delivery', mark: 'refer', words: `${words}. ${refused}${held}${happened}`, advice };
}

function trustItems(trust: TrustStateView, language: Language, t: Texts): readonly ConditionItem[] {
  const { certificates, dueCount, clockBehind, updatesFailingSince } = trust;
  const lists: ConditionItem =
    certificates === 0
      ? { id: 'trust', mark: 'failed', words: t('trust/empty'), advice: t('condition/trustAdvice') }
      : {
          id: 'trust',
          mark: dueCount > 0 ? 'refer' : 'successful',
          words: t(dueCount > 0 ? 'condition/listsDue' : 'condition/listsFresh', { count: dueCount }),
          advice: dueCount > 0 ? t('condition/trustAdvice') : null,
        };
  return [
    lists,
    ...(updatesFailingSince === null
      ? []
      : [
          {
            id: 'updates',
            mark: 'refer',
            words: t('condition/updatesFailing', { since: dayAndTime(language, updatesFailingSince) }),
            advice: t('condition/trustAdvice'),
          } as const,
        ]),
    clockBehind === null
      ? { id: 'clock', mark: 'successful', words: t('condition/clockRight'), advice: null }
      : {
          id: 'clock',
          mark: 'failed',
          words: t('condition/clockBehind', { day: timeInWords(language, clockBehind) }),
          advice: wordsIn(language).failure('clock.went-back').staff,
        },
  ];
}
