import type { CaseView } from '../../preload/contract.ts';
import type { Portrait } from './use-portrait.ts';

export type FaceAnswer = NonNullable<CaseView['face']>['answer'];

/**
 * Same as what? Without the chip's own photo on screen there is only the printed one, which is what gets exchanged; while it is
 * decoded there is nothing to compare yet, and an Enter that came too early would be lost. Beside an earlier reading, which proved
 * this document, the printed photo is all there is.
 */
export function isOpen(answer: FaceAnswer, portrait: Portrait['state'], reused = false): boolean {
  return answer !== 'same' || portrait === 'ready' || reused;
}

/** Whether an answer can be given now; whatever is not `same` needs its reason. */
export function isAnswerWhole(
  answer: FaceAnswer | null,
  reason: string,
  portrait: Portrait['state'],
  reused = false,
): boolean {
  if (answer === null) return false;
  return answer === 'same' ? isOpen(answer, portrait, reused) : reason.trim() !== '';
}
