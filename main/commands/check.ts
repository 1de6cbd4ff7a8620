import type { Inspection } from '../inspection/types.ts';
import type { JudgedDay, SavedInspections } from '../keeping/saved-inspections.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall } from './command.ts';
import { dayOption, givenDay, judgingDay } from './day-option.ts';
import { withKeeping } from './folder-of-call.ts';
import { inspectionAnswer } from './inspection-answer.ts';
import { inspectionText } from './inspection-text.ts';
import { looseFiles, looseFilesOptions } from './loose-files.ts';
import { holdsSavedInspection, readSavedFolder } from './saved-folder.ts';

export const command: Command = {
  positionals: '[DIR]',
  fewest: 0,
  most: 1,
  options: {
    ...looseFilesOptions,
    ...dayOption,
  },
  description: [
    'Judges saved files of a chip with the checks of an inspection, by the policy `document`. Loose files can be copied, so ' +
      'their verdict is never accept: what only a chip could show is undetermined (file.not-read).',
    'A folder of inspect --save is judged as that inspection: files are understood and hashed again, signatures, path and ' +
      'the proofs of the chip verified again, with what this station believes now. What only the session could show ' +
      '(that access and the new keys of chip authentication worked) is as recorded, and holds as far as the seal of the ' +
      'station does: with its own seal, or one for whose station two administrators stand, the checks and the verdict are ' +
      'those of the inspection. With another seal, without one, or with any byte changed it is never accepted.',
    'DIR is searched for files named like EF.SOD.bin, EF_DG1.bin or dg14.bin; what an option names counts before it. Without ' +
      'EF.SOD the signature that is judged is that of EF.CardSecurity.',
    'The lines of the page (--page, or page.mrz in DIR) are compared with the chip as at a reading. chip.mrz in DIR, lines that ' +
      'other software kept of the chip, stands for an EF.DG1 that is not there.',
    'Exit status: 1 not accepted, also where files are nonsense; 2 where a file cannot be read or is too large.',
    'People see the certificate path with what brought each certificate in, how old that is, and whether all were valid ' +
      'when the object was signed.',
    'With --json: the object of inspect; "access" is null, "reading" tells the files, and the path stands in "detail"."path" ' +
      'of passive-authentication.path.',
  ],
  examples: [
    'styrk check --sod EF.SOD.bin --json',
    'styrk check --sod EF_SOD.bin --dg 1=EF_DG1.bin --dg 2=EF_DG2.bin --at 2026-05-28',
    'styrk check folder-of-a-document',
  ],
  run: async (call) => {
    const judging = judgingOf(call, { at: judgingDay(call), day: givenDay(call) === null ? 'clock' : 'stated' });
    const { inspection, verdict } = await withKeeping(call, async ({ saved }) => {
      const found = await judging(saved);
      return { inspection: found, verdict: saved.verdict(found) };
    });
    const judged = { inspection, checks: inspection.checks, verdict, training: call.training };
    call.answer(inspectionAnswer(judged), () => inspectionText(judged));
    return verdict.verdict === 'accept' ? 0 : 1;
  },
};

// A folder that an inspection was saved in is judged whole, or not as one.
function judgingOf(call: CommandCall, on: JudgedDay): (saved: SavedInspections) => Promise<Inspection> {
  const [directory] = call.given.positionals;
  if (directory === undefined || !holdsSavedInspection(directory)) {
    const loose = looseFiles(call, on.at);
    return (saved) => saved.judgeFiles(loose, on);
  }
  if (Object.keys(looseFilesOptions).some((option) => call.given.values(option).length > 0))
    throw unusable('a saved inspection is judged as it is, without files from elsewhere');
  const files = readSavedFolder(directory);
  return (saved) => saved.judge(files, on);
}
