import type { ReferralRow } from '../../preload/contract.ts';
import type { Language, Texts } from '../../resources/texts/texts.ts';
import { dayAndTime } from '../parts/formats.ts';

/** Until when a case that waits may be approved, in words; that it is too late once it is. */
export function waitsUntil(t: Texts, language: Language, { until, past }: Pick<ReferralRow, 'until' | 'past'>): string {
  if (until === null) return t('queue/never');
  return past ? t('queue/past', { at: dayAndTime(language, until) }) : dayAndTime(language, until);
}
