import type { CaseView } from '../../preload/contract.ts';
import type { Portrait } from './use-portrait.ts';

export type FaceAnswer = NonNullable<CaseView['face']>['answer'];

/**
 * Same as what? Without the chip's own photo on screen there is only the printed one, which is what gets exchanged; while it is
 * decoded there is nothing to compare yet, and an Enter that came too early would be lost.
 */
export function isOpen(answer: FaceAnswer, portrait: Portrait['state']): boolean {
  return answer !== 'same' || portrait === 'ready';
}

/** Whether an answer can be given now; whatever is not `same` needs its reason. */
export function isAnswerWhole(answer: FaceAnswer | null, reason: string, portrait: Portrait['state']): boolean {
  if (answer === null) return false;
  return answer === 'same' ? portrait === 'ready' : reason.trim() !== '';
}
