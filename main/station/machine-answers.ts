import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';
import { machineAdvice } from '../verification/machine-advice.ts';
import type { MachineComparison } from '../verification/terms.ts';
import type { FaceAnswer, FaceComparison } from '../verification/types.ts';
import type { Answers } from './answers.ts';
import { type CaseFile, faceOf, machineWorkOf, portraitOf } from './case-file.ts';

/** The errand's terms for faces that are compared by machine; null where it has none, which is so unless a bank switched it on. */
export function machineTermsOf(house: Pick<House, 'policy'>, file: CaseFile): MachineComparison | null {
  return file.purpose === null ? null : house.policy(file.purpose).machineComparison;
}

/**
 * Staff's answer with what the machine said beside it. An answer that is changed after the advice was seen keeps what was answered before:
 * whoever reads the record sees who followed whom.
 */
export function besideMachine(
  house: Pick<House, 'policy'>,
  file: CaseFile,
  comparison: FaceComparison,
  before: FaceComparison | null = faceOf(file),
): FaceComparison {
  const terms = machineTermsOf(house, file);
  if (terms === null) return comparison;
  const seen = before?.machine !== undefined && before.machine.advice !== null;
  const answeredFirst: FaceAnswer = seen ? (before?.machine?.answeredFirst ?? comparison.answer) : comparison.answer;
  return { ...comparison, machine: machineAdvice(terms, machineWorkOf(file), answeredFirst) };
}

interface MachineGround {
  readonly house: Pick<House, 'policy'>;
  readonly opened: () => CaseFile;
  readonly changed: () => null;
}

/**
 * What the page's machine is asked and says. The score is kept here: no snapshot has it, or what it comes to, before the person has
 * answered (`caseView`).
 */
export function machineAnswers({
  house,
  opened,
  changed,
}: MachineGround): Pick<Answers, 'case.consentToMachine' | 'case.faceCompared'> {
  const atFace = () => {
    const file = opened();
    const portrait = portraitOf(file);
    if (machineTermsOf(house, file) === null || file.step !== 'face' || portrait === 'none' || portrait === 'broken')
      throw new Failure('case.not-open', { step: 'face' });
    return file;
  };
  const keep = (file: CaseFile, work: Pick<NonNullable<CaseFile['machine']>, 'consent' | 'compared' | 'score'>) => {
    file.machine = { ...work, portrait: file.reading.evidence.portrait?.bytes ?? null };
    const face = faceOf(file);
    if (face !== null && file.face !== null)
      file.face = { ...file.face, comparison: besideMachine(house, file, face, face) };
    return changed();
  };
  return {
    // What was compared before somebody took their consent back is forgotten with it (GDPR art. 7(3)).
    'case.consentToMachine': (given) =>
      keep(atFace(), { consent: given ? 'given' : 'refused', compared: false, score: null }),
    'case.faceCompared': (score) => {
      const file = atFace();
      const work = machineWorkOf(file);
      if (work.consent !== 'given') throw new Failure('case.not-open', { step: 'face' });
      return keep(file, { consent: 'given', compared: true, score });
    },
  };
}
