import type { CaseView, MethodName } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';
import {
  answeredAfter,
  isAnswerOld,
  mayReplace,
  type RegisterAnswer,
  type RegisterQuestion,
  registerQuestion,
} from '../verification/register-check.ts';
import type { Answers } from './answers.ts';
import type { CaseFile } from './case-file.ts';

type RegisterMethod = Extract<MethodName, 'case.answerRegister' | 'case.askRegister'>;

/** What the page shows of the register: the values to type, in their order, and the answer. Null where the errand does not ask. */
export function registerView(house: Pick<House, 'policy' | 'services' | 'now'>, file: CaseFile): CaseView['register'] {
  if (file.purpose === null) return null;
  const { register: asked, evidenceMinutes: minutes } = house.policy(file.purpose);
  const { document } = file.reading.evidence;
  const question = registerQuestion(document);
  if (asked === 'none' || document === null) return null;
  const { register: answer } = file.answers;
  return {
    asked,
    question,
    service: question !== null && house.services.isSet('register'),
    // Of another document, or too long ago: it is to be asked.
    answer:
      answer === null ||
      answer.documentNumber !== document.number ||
      isTakenBack(answer) ||
      isAnswerOld(answer, { now: house.now(), minutes })
        ? null
        : answerView(answer),
  };
}

function isTakenBack({ answer }: RegisterAnswer): boolean {
  return typeof answer !== 'string' && answer.failed === 'register.not-asked';
}

function answerView({
  answer,
  by,
  person,
  at,
}: RegisterAnswer): NonNullable<NonNullable<CaseView['register']>['answer']> {
  return typeof answer === 'string'
    ? { word: answer, code: null, by, person, at }
    : { word: null, code: answer.failed, by, person, at };
}

/** The methods by which the register's answer comes into the case. */
export function registerAnswers(around: {
  readonly house: Pick<House, 'policy' | 'services' | 'now'>;
  /** The sign of whoever is at the desk. */
  readonly person: () => string;
  /** The open case; fails where there is none, or it is being ended. */
  readonly opened: () => CaseFile;
  readonly changed: () => null;
}): Pick<Answers, RegisterMethod> {
  const { house, person, opened, changed } = around;
  const asked = (): { readonly file: CaseFile; readonly question: RegisterQuestion } => {
    const file = opened();
    const question = registerView(house, file)?.question ?? null;
    if (question === null) throw new Failure('case.not-open', { step: 'decide' });
    return { file, question };
  };
  return {
    'case.answerRegister': (word) => {
      const { file, question } = asked();
      const { documentNumber } = question;
      const before = file.answers.register;
      if (!mayReplace(before, { answer: word, documentNumber })) throw new Failure('register.answered');
      const typed = { by: 'staff', person: person(), at: house.now(), documentNumber } as const;
      // Taken back it is as if nobody had asked, and what was typed before is told all the same.
      const answer = word ?? ({ failed: 'register.not-asked' } as const);
      file.answers.register = before === null && word === null ? null : answeredAfter({ answer, ...typed }, before);
      return changed();
    },
    'case.askRegister': async () => {
      const { file, question } = asked();
      const port = house.services.register();
      if (port === null) throw new Failure('service.not-set', { service: 'register' });
      const answer = await port.ask(question, house.now());
      // The case may have ended, and another begun, while the register was asked.
      if (opened() !== file) throw new Failure('case.not-open');
      file.answers.register = answeredAfter(answer, file.answers.register);
      return changed();
    },
  };
}
