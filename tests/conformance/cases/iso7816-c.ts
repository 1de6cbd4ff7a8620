import { answer, type Command, type Response } from '../../../main/simulator/chip/apdu.ts';
import { type CaseTable, one, several } from '../base/case.ts';
import { conformanceDocument, type DocumentChange } from '../base/document.ts';
import { type FaceChange, faceGroup, largeImage } from '../base/face.ts';
import { insideSession } from '../base/fronts.ts';
import type { Run } from '../base/run.ts';

const large: DocumentChange = { groups: { 2: faceGroup({ face: { format: 'JPEG 2000', image: largeImage() } }) } };

function withFile(file: 'EF.COM' | 'EF.SOD' | 'EF.DG1' | 'EF.DG2') {
  return () => {
    const document = conformanceDocument('BAC');
    const applications = document.chip.applications.map((application) => ({
      ...application,
      files: application.files.filter(({ name }) => name !== file),
    }));
    return { ...document, chip: { ...document.chip, applications } };
  };
}

const quirk = (beyondEnd: 0x6282 | 0x6b00) => () => conformanceDocument('BAC', { chip: { quirks: { beyondEnd } } });

const readsBeyond = ({ expected }: Command, { data }: Response): boolean => data.length < (expected ?? 0);

// 6Cxx instead of fewer bytes than were asked for; asked again with xx the chip gives them.
function exactLengthWanted(command: Command, respond: () => Response): Response {
  const response = respond();
  if (command.ins !== 0xb0 || (response.status !== 0x9000 && response.status !== 0x6282)) return response;
  return readsBeyond(command, response) ? answer(0x6c00 | (response.data.length & 0xff)) : response;
}

function shortAnswer(command: Command, respond: () => Response): Response {
  const response = respond();
  return command.ins === 0xb0 && response.status === 0x6282 ? answer(0x9000, response.data) : response;
}

const usedOddInstruction = (runs: readonly Run[]): string | null =>
  runs.every(({ commands }) => commands.some((command) => command[1] === 0xb1)) ? null : 'no READ BINARY B1';

const emptyImage: FaceChange = { image: new Uint8Array() };

/** ISO7816_C: selecting and reading files. */
export const iso7816c: CaseTable = {
  ISO7816_C_01: several('A file cannot be selected', {
    'EF.SOD': withFile('EF.SOD'),
    'EF.DG1': withFile('EF.DG1'),
    'EF.DG2': withFile('EF.DG2'),
    'EF.COM': withFile('EF.COM'),
  }),
  ISO7816_C_02: one('A file of more than 32 KB', () => conformanceDocument('BAC', large)),
  ISO7816_C_03: one('Reading beyond the end gives the bytes that are there', () =>
    conformanceDocument('BAC', { front: insideSession({ plain: shortAnswer }) }),
  ),
  ISO7816_C_04: one('Reading beyond the end gives 6B00', quirk(0x6b00)),
  ISO7816_C_05: one('Reading beyond the end gives 6282', quirk(0x6282)),
  ISO7816_C_06: one('Reading beyond the end gives 6Cxx', () =>
    conformanceDocument('BAC', { front: insideSession({ plain: exactLengthWanted }) }),
  ),
  ISO7816_C_07: one(
    'READ BINARY with the odd instruction',
    () => conformanceDocument('BAC', large),
    usedOddInstruction,
  ),
  ISO7816_C_08: one('An image without bytes', () =>
    conformanceDocument('BAC', { groups: { 2: faceGroup({ face: emptyImage }) } }),
  ),
};
