import { filmedMrz } from '../document/filmed-mrz.ts';
import type { House } from '../house/house.ts';
import type { CameraUse } from '../result/camera-uses.ts';
import type { Answers } from './answers.ts';
import type { CaseFile } from './case-file.ts';

/** What the page's camera saw is judged here: the page knows no check digits. */
export function filmedAnswers(house: Pick<House, 'today'>): Pick<Answers, 'mrz.judgeFilmed'> {
  return {
    'mrz.judgeFilmed': (filmed) => {
      const judged = filmedMrz(filmed, house.today());
      if (judged.state === 'no-zone') return judged;
      const lines = [...judged.lines];
      if (judged.state === 'read') return { state: 'read', lines };
      return { state: 'unsure', lines, places: judged.places.map((place) => ({ ...place })) };
    },
  };
}

/** What is filmed at this step. */
export function filmedAt({ step }: Pick<CaseFile, 'step'>): CameraUse {
  return step === 'face' ? 'face' : 'lines';
}

/** Whether there is something to film now: the face, or the lines of a document that was not read yet. */
export function mayFilm({ step, reading }: Pick<CaseFile, 'step' | 'reading'>): boolean {
  if (step === 'face') return true;
  return (step === 'chip' || step === 'second') && !reading.busy && reading.view().state !== 'done';
}
