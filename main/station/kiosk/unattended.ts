import type { CaseView } from '../../../preload/contract.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { ChallengeFindings } from '../../verification/film-findings.ts';
import type { Answers } from '../answers.ts';

/**
 * The few acts of the desk that a kiosk makes for the person who stands there alone. No page reaches them, and they are closed while
 * a member of staff is signed in: then the desk is theirs.
 */
export const unattendedMethods = [
  'case.begin',
  'case.takeDocument',
  'case.choosePurpose',
  'case.readOrder',
  'case.holderNotOnFile',
  'case.chooseHolder',
  'case.setAccessKey',
  'case.tap',
  'case.camera',
  'case.faceFilmed',
  'case.goTo',
  'case.decide',
  'case.abandon',
  'holders.find',
  'mrz.judgeFilmed',
  'training.specimens',
  'training.lay',
  'training.lift',
] as const satisfies readonly (keyof Answers)[];

export type UnattendedMethod = (typeof unattendedMethods)[number];

/** The desk where nobody of the staff stands. */
export interface UnattendedDesk {
  readonly answers: Pick<Answers, UnattendedMethod>;
  /** The open case as nobody signed in may see it; null where none is open. */
  readonly view: () => CaseView | null;
  /** What keeps every reader from being read now; null where one is there and free. */
  readonly hindrance: () => FailureCode | null;
  /** What came of what somebody was asked to do before the camera; no page tells it to the case. */
  readonly challenged: (found: ChallengeFindings) => void;
  /** Whoever was there is gone: a case that is open ends as abandoned; one that was referred waits on. */
  readonly left: () => Promise<void>;
}
