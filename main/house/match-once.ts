import type { Holder } from '../holders/holder.ts';
import { matchHolder } from '../holders/match.ts';
import type { Inspection } from '../inspection/types.ts';
import type { Check } from '../result/check.ts';

/** Matches a holder with what an inspection found. */
export type HolderMatching = (
  holder: Holder | null,
  inspection: Pick<Inspection, 'mrz' | 'details'>,
) => readonly Check[];

/**
 * The matching of holders, made once for each inspection and holder: the desk shows a case anew at every step, and what a
 * chip wrote into its names must not be worked through at each of them.
 */
export function matchOnce(match: typeof matchHolder = matchHolder): HolderMatching {
  const made = new WeakMap<object, { readonly holder: Holder | null; readonly checks: readonly Check[] }>();
  return (holder, inspection) => {
    const known = made.get(inspection);
    if (known !== undefined && known.holder === holder) return known.checks;
    const { mrz, details } = inspection;
    const checks = match({ holder, mrz, details });
    made.set(inspection, { holder, checks });
    return checks;
  };
}
