import { type CaseTable, one, several } from '../base/case.ts';
import { conformanceDocument } from '../base/document.ts';
import { answering, statusWord } from '../base/fronts.ts';

const noApplication = (word: number) => () =>
  conformanceDocument('BAC', {
    front: answering((command) => (command[1] === 0xa4 && command[2] === 0x04 ? statusWord(word) : null)),
  });

/** ISO7816_A: selecting the application. */
export const iso7816a: CaseTable = {
  ISO7816_A_01: one('A chip without access control', () => conformanceDocument('PLAIN')),
  ISO7816_A_02: one('A chip with BAC', () => conformanceDocument('BAC')),
  ISO7816_A_03: several('The application cannot be selected', {
    '6A82': noApplication(0x6a82),
    '6A81': noApplication(0x6a81),
    '6985': noApplication(0x6985),
    '6F00': noApplication(0x6f00),
  }),
};
