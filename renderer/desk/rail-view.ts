import type { CaseView } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { holderName } from '../parts/holder-name.ts';
import { isReused } from './reading-view.ts';
import { type CaseStep, caseSteps, stepsOf } from './steps.ts';

export interface RailEntry {
  readonly step: CaseStep;
  /** Its place among the steps of every case; a second document has none. */
  readonly number: string;
  readonly shortcut: string;
  readonly name: string;
  /** What the step came to, in words; null while it has no answer. */
  readonly answer: string | null;
  readonly state: 'done' | 'current' | 'waiting';
  /** Whether one can go there: a step with ground under it. */
  readonly open: boolean;
}

function answerOf(step: CaseStep, view: CaseView, t: Texts): string | null {
  switch (step) {
    case 'purpose':
      return view.purpose === null ? null : t(`purposes/${view.purpose}`);
    case 'holder':
      if (view.holderFromDocument) return t('rail/fromDocument');
      if (!view.holderAsked) return t('rail/nobody');
      if (view.holderNotOnFile) return t('rail/notOnFile');
      return view.holder === null ? null : holderName(t, view.holder);
    case 'chip':
      if (isReused(view)) return t('rail/reused');
      if (view.reading.state === 'done') return t('rail/chipRead');
      if (view.reading.state === 'reading') return t('rail/chipReading');
      return view.keyKind === null ? null : t('rail/keyKnown');
    case 'second':
      if (view.second?.reading.state === 'done') return t('rail/chipRead');
      if (view.second?.reading.state === 'reading') return t('rail/chipReading');
      return view.second?.laid === true ? t('rail/secondOpen') : null;
    case 'face':
      return view.face === null ? null : t(`face/answer/${view.face.answer}`);
    case 'decide':
      return null;
  }
}

function isDone(step: CaseStep, view: CaseView): boolean {
  if (step === 'chip') return view.reading.state === 'done';
  if (step === 'second') return view.second?.reading.state === 'done';
  if (step === 'purpose') return view.purpose !== null;
  if (step === 'holder') return view.holder !== null || view.holderNotOnFile || !view.holderAsked;
  return step === 'face' && view.face !== null;
}

function isOpen(step: CaseStep, view: CaseView): boolean {
  if (step === 'purpose') return true;
  if (step === 'holder') return view.purpose !== null && view.holderAsked;
  if (step === 'second') return view.second?.open === true;
  const known = isDone('purpose', view) && isDone('holder', view);
  return step === 'face' ? known && (view.portrait !== 'none' || isReused(view)) : known;
}

/**
 * The step that is meant where somebody goes to one: nobody comes to the decision past a comparison of faces that can be made and was
 * not, nor past one that nobody made at a kiosk. Of a document that is refused there is nothing to compare.
 */
export function reached(view: CaseView, step: CaseStep): CaseStep {
  const open = view.face === null && isOpen('face', view);
  return step === 'decide' && open && view.verdict?.verdict !== 'reject' ? 'face' : step;
}

/** The rail: every step with its answer. Without a case the first step is the present one. */
export function railEntries(view: CaseView | null, t: Texts): readonly RailEntry[] {
  return (view === null ? caseSteps : stepsOf(view)).map((step) => {
    const name = t(`rail/${step}`);
    const place = caseSteps.indexOf(step) + 1;
    const keyed = place === 0 ? { number: '+', shortcut: 'F6' } : { number: String(place), shortcut: `Alt+${place}` };
    if (view === null) {
      const first = step === 'purpose';
      return { step, ...keyed, name, answer: null, state: first ? 'current' : 'waiting', open: first };
    }
    const state = step === view.step ? 'current' : isDone(step, view) ? 'done' : 'waiting';
    return { step, ...keyed, name, answer: answerOf(step, view, t), state, open: isOpen(step, view) };
  });
}
