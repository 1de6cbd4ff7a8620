import type { AccessKeyInput, MethodName } from '../../preload/contract.ts';
import { judgeTypedMrz } from '../document/typed-mrz.ts';
import type { Viewer } from '../holders/holder-view.ts';
import type { House } from '../house/house.ts';
import { most } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import { openedBy } from './access-key-input.ts';
import type { Answers } from './answers.ts';
import { type CaseFile, holderAnswered } from './case-file.ts';
import { holderView } from './case-view.ts';
import { linesOf } from './printed-page.ts';

type DocumentMethod = Extract<MethodName, 'case.takeDocument' | 'holders.byDocument' | 'mrz.judge'>;

/** Steps at which another document may be swiped: elsewhere the case rests on the one that was read. */
const swipedAt: readonly CaseFile['step'][] = ['purpose', 'holder', 'chip', 'second'];

/**
 * The case comes to the chip with a document that came first: what opens it is given to the reading. Fails as `Reading.setKey` does,
 * and the key waits on.
 */
export function giveWaitingKey(house: Pick<House, 'policy'>, file: CaseFile): void {
  const { waitingKey } = file;
  if (waitingKey === null || file.step !== 'chip' || file.purpose === null || !holderAnswered(house, file)) return;
  file.reading.setKey(waitingKey.key);
  file.waitingKey = null;
  file.reused = null;
  file.keyKind = waitingKey.kind;
  file.face = null;
}

/** The methods by which a case begins with its document. */
export function documentAnswers(around: {
  readonly house: Pick<House, 'today' | 'candidates' | 'policy'>;
  /** Whether a case is open. */
  readonly isOpen: () => boolean;
  readonly begin: () => void;
  readonly opened: () => CaseFile;
  /** As `case.setAccessKey`. */
  readonly setKey: (input: AccessKeyInput) => null;
  readonly viewer: () => Viewer;
  readonly changed: () => null;
}): Pick<Answers, DocumentMethod> {
  const { house, isOpen, begin, opened, setKey, viewer, changed } = around;
  return {
    'mrz.judge': (text) => {
      const { state, lines, strange, fields, slips } = judgeTypedMrz(text);
      return {
        state,
        lines: lines.map((line) => ({ ...line })),
        strange: strange === null ? null : { ...strange },
        fields: fields.map((field) => ({ ...field })),
        slips: slips.slice(0, most.slips).map((slip) => ({ ...slip })),
      };
    },
    'case.takeDocument': (text) => {
      const input = { kind: 'mrz', text } as const;
      const { key, page } = openedBy(input, house.today());
      if (!isOpen()) begin();
      const file = opened();
      if (!swipedAt.includes(file.step)) throw new Failure('case.busy');
      if (file.step === 'chip' || file.step === 'second') return setKey(input);
      if (file.reading.busy) throw new Failure('case.busy');
      file.page = page;
      file.waitingKey = { key, kind: 'mrz' };
      return changed();
    },
    'holders.byDocument': () => {
      const mrz = linesOf(opened().page);
      if (mrz === null) throw new Failure('case.not-open', { step: 'holder' });
      const { found, tooMany } = house.candidates(mrz, viewer());
      return {
        found: found.slice(0, most.holders).map(({ holder, reasons, against }) => ({
          holder: holderView(holder, viewer()),
          reasons: [...reasons],
          against: [...against],
        })),
        tooMany,
      };
    },
  };
}
