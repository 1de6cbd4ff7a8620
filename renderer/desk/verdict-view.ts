import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { CaseView, CheckView, VerdictView } from '../../preload/contract.ts';
import { asClause } from '../parts/formats.ts';
import { holderName } from '../parts/holder-name.ts';
import type { Words } from '../parts/language.ts';
import type { Mark } from '../parts/result-mark.tsx';

/** The shape that goes with a verdict. */
export function verdictMark(verdict: VerdictView['verdict']): Mark {
  return verdict === 'accept' ? 'successful' : verdict === 'refer' ? 'refer' : 'failed';
}

// The groups are named by their numbers, with or without the letters that the standard puts before them.
function changedGroups(view: CaseView): readonly string[] {
  const groups = view.checks.find(({ id }) => id === 'passive-authentication.hashes')?.detail.dataGroups;
  if (typeof groups !== 'object' || groups === null) return [];
  return Object.entries(groups).flatMap(([name, state]) =>
    state === 'not identical' ? [name.replace(/\D/g, '')] : [],
  );
}

/** The check that a reason of the verdict comes from: the deciding one where it fits, else the first with that code. */
export function checkBehind(code: FailureCode, view: CaseView): CheckView | undefined {
  const decider = view.checks.find((check) => check.id === view.verdict?.decidedBy && check.code === code);
  return decider ?? view.checks.find((check) => check.code === code);
}

/** Why, as a sentence. What was not made, or is not there, is said by the check; everything else by its failure. */
export function reasonSentence(code: FailureCode, view: CaseView, words: Words): string {
  const { t, failure } = words;
  const check = checkBehind(code, view);
  const byCheck = code === 'check.not-made' || code === 'check.aborted' || check?.result === 'not supported';
  return check !== undefined && byCheck ? t(`checks/${check.id}/${check.result}`) : failure(code).happened;
}

function because(view: CaseView, verdict: VerdictView, words: Words): string {
  const { t } = words;
  const [code] = verdict.reasons;
  if (code === 'data-group.hash-differs') {
    const changed = changedGroups(view);
    if (changed.includes('2')) return t('verdict/photoChanged');
    if (changed.includes('1')) return t('verdict/nameChanged');
  }
  return asClause(code === undefined ? t('decide/pending') : reasonSentence(code, view, words));
}

/** The verdict in one sentence: who it is, or that they are old enough, and that the document is genuine, or whom to ask and why. */
export function verdictSentence(view: CaseView, words: Words): string | null {
  const { t } = words;
  const { verdict } = view;
  if (verdict === null) return null;
  if (verdict.verdict !== 'accept') return t(`verdict/${verdict.verdict}`, { because: because(view, verdict, words) });
  const document = t(`verdict/documents/${view.document?.type ?? 'other'}`);
  const person = view.newPerson?.person ?? view.holder;
  const limit = view.asks.age?.limit;
  if (limit !== undefined) return t('verdict/acceptAge', { document, limit });
  if (person === null) return t('verdict/acceptNobody', { document });
  return t('verdict/accept', { holder: holderName(t, person), document });
}

/** The checks that could not be told and were passed over all the same: what is open behind an `accept`. */
export function passedOverOpen(
  checks: readonly CheckView[],
  verdict: Pick<VerdictView, 'passedOver'> | null,
): readonly CheckView[] {
  return checks.filter(({ id, result }) => result === 'undetermined' && verdict?.passedOver.includes(id) === true);
}
