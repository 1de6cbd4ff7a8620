import { type Check, successful, unsuccessful } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import type { FaceComparison } from './types.ts';

/**
 * `face.comparison` as staff answered it. Without an answer it is `undetermined`, so the verdict is at most `refer`; so it
 * is where the chip gave no portrait: then nothing was there to be compared, whatever was answered.
 */
export function faceCheck(face: FaceComparison | null, portraitRead: boolean): Check {
  if (face === null) return unsuccessful('face.comparison', 'undetermined', 'face.not-compared');
  const detail = { answeredBy: 'staff', reason: face.reason };
  if (face.answer === 'same') {
    if (!portraitRead) return unsuccessful('face.comparison', 'undetermined', 'face.no-image', detail);
    return successful('face.comparison', detail);
  }
  if (face.answer === 'unsure') return unsuccessful('face.comparison', 'undetermined', 'face.unsure', detail);
  return unsuccessful('face.comparison', 'failed', 'face.not-same', detail);
}

/** Staff's answer with its reason, which all but `same` need. Fails with `decision.reason-missing`. */
export function faceComparison(answer: FaceComparison['answer'], reason: string | null): FaceComparison {
  const given = reason?.trim() ?? '';
  if (answer !== 'same' && given === '') throw new Failure('decision.reason-missing', { question: 'face' });
  return { answer, reason: given === '' ? null : given };
}
