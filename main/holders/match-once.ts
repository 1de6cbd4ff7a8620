import type { Check } from '../result/check.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Holder } from './holder.ts';
import { matchHolder } from './match.ts';

/** Matches a holder with what an inspection found. */
export type HolderMatching = (
  holder: Holder | null,
  inspection: Omit<Parameters<typeof matchHolder>[0], 'holder' | 'today'>,
) => readonly Check[];

/**
 * The matching of holders, made once for each inspection and holder: the desk shows a case anew at every step, and what a
 * chip wrote into its names must not be worked through at each of them.
 */
export function matchOnce(today: () => PlainDate, match: typeof matchHolder = matchHolder): HolderMatching {
  const made = new WeakMap<object, { readonly holder: Holder | null; readonly checks: readonly Check[] }>();
  return (holder, inspection) => {
    const known = made.get(inspection);
    if (known !== undefined && known.holder === holder) return known.checks;
    const { mrz, details } = inspection;
    const checks = match({ holder, mrz, details, today: today() });
    made.set(inspection, { holder, checks });
    return checks;
  };
}
