import { matchHolder } from '../../../../main/holders/match.ts';
import { matchSecondDocument } from '../../../../main/holders/two-documents.ts';
import { type Check, checkIds, successful } from '../../../../main/result/check.ts';
import { extendPolicy } from '../../../../main/verification/policy.ts';
import type { VerdictWord } from '../../../../main/verification/types.ts';
import { judge } from '../../../../main/verification/verdict.ts';
import { policy } from '../../../support/own-resources.ts';
import type { Kind, Pair } from './kind.ts';
import { otherNumbers } from './other-numbers.ts';
import { otherRelatives } from './other-relatives.ts';
import { seeded } from './random.ts';
import { sameAbroad } from './same-abroad.ts';
import { sameNames } from './same-names.ts';
import { sameNumbers } from './same-numbers.ts';

const seed = 20_261_123;
const pairsOfKind = 48;

export interface Tally {
  readonly kind: Kind;
  readonly same: boolean;
  readonly pairs: number;
  readonly counts: Readonly<Record<VerdictWord, number>>;
}

/** How a pair is judged; the suite's own judge is the product's. */
export type PairJudge = (pair: Pair) => VerdictWord;

// A large transfer takes documents of all states, so that what is judged here is the person alone.
const transfer = extendPolicy(policy('document'), policy('large-transfer'));
const documentIsWell = checkIds
  .filter((id) => !id.startsWith('holder.') && id !== 'document.second')
  .map((id) => successful(id));

/** The product's checks of the holder, and its verdict where everything else went well. */
export const judgePair: PairJudge = (pair) => verdictOf(checksOf(pair));

export function checksOf({ holder, document, beside }: Pair): readonly Check[] {
  const checks = matchHolder({ holder, ...document });
  return beside === undefined ? checks : [...checks, matchSecondDocument(document, beside)];
}

export function verdictOf(checks: readonly Check[]): VerdictWord {
  const context = { training: false, specimen: false, station: 'attended' } as const;
  return judge(transfer, [...documentIsWell, ...checks], context).verdict;
}

/** Makes every pair anew and judges it. */
export function runSuite(judging: PairJudge = judgePair): readonly Tally[] {
  const kinds = [...sameNames, ...sameNumbers, ...sameAbroad].map((kind) => ({ kind, same: true }));
  const others = [...otherRelatives, ...otherNumbers].map((kind) => ({ kind, same: false }));
  return [...kinds, ...others].map(({ kind, same }, index) => {
    const random = seeded(seed + index);
    const counts: Record<VerdictWord, number> = { accept: 0, refer: 0, reject: 0 };
    for (let made = 0; made < pairsOfKind; made++) counts[judging(kind.make(random))]++;
    return { kind, same, pairs: pairsOfKind, counts };
  });
}

/** All pairs of one label: how many, and what they came to. */
export function totalOf(tallies: readonly Tally[], same: boolean): Readonly<Record<VerdictWord | 'pairs', number>> {
  const total = { pairs: 0, accept: 0, refer: 0, reject: 0 };
  for (const { pairs, counts } of tallies.filter((tally) => tally.same === same)) {
    total.pairs += pairs;
    for (const word of ['accept', 'refer', 'reject'] as const) total[word] += counts[word];
  }
  return total;
}
