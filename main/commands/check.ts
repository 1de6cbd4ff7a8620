import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileName } from '../chip/files.ts';
import type { Inspection } from '../inspection/types.ts';
import { mostBytesOf, type SavedFiles, savedFileName } from '../keeping/saved-files.ts';
import type { JudgedDay, SavedInspections } from '../keeping/saved-inspections.ts';
import { inputFailure, readInputFile } from '../machine/input-file.ts';
import { Failure } from '../result/failure.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall } from './command.ts';
import { dayOption, givenDay, judgingDay } from './day-option.ts';
import { withKeeping } from './folder-of-call.ts';
import { inspectionAnswer } from './inspection-answer.ts';
import { inspectionText } from './inspection-text.ts';
import { holdsSavedInspection, readSavedFolder } from './saved-folder.ts';

const fileOptions = {
  sod: 'EF.SOD',
  'card-access': 'EF.CardAccess',
  'card-security': 'EF.CardSecurity',
} as const satisfies Record<string, FileName>;

export const command: Command = {
  positionals: '[DIR]',
  fewest: 0,
  most: 1,
  options: {
    sod: { kind: 'value', value: 'FILE', help: 'EF.SOD as read, tag 77 included' },
    dg: { kind: 'values', value: 'N=FILE', help: 'data group N (1 to 16) as read, its tag included' },
    'card-access': { kind: 'value', value: 'FILE', help: 'EF.CardAccess' },
    'card-security': {
      kind: 'value',
      value: 'FILE',
      help: 'EF.CardSecurity; alone, the signature that is judged is its',
    },
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
    const files = filesOf(call);
    return (saved) => saved.judgeFiles(files, on);
  }
  if ([...Object.keys(fileOptions), 'dg'].some((option) => call.given.values(option).length > 0))
    throw unusable('a saved inspection is judged as it is, without files from elsewhere');
  const files = readSavedFolder(directory);
  return (saved) => saved.judge(files, on);
}

function filesOf({ given }: CommandCall): SavedFiles {
  const [directory] = given.positionals;
  const paths = directory === undefined ? new Map<FileName, string>() : pathsIn(directory);
  for (const [option, name] of Object.entries(fileOptions)) {
    const path = given.value(option);
    if (path !== null) paths.set(name, path);
  }
  const named = new Set<FileName>();
  for (const [name, path] of given.values('dg').map(dataGroup)) {
    if (named.has(name)) throw unusable('the data group is given twice', { option: '--dg' });
    named.add(name);
    paths.set(name, path);
  }
  if (paths.size === 0) throw unusable('no file to check');
  return new Map([...paths].map(([name, path]) => [name, readInputFile(path, mostBytesOf(name))]));
}

function dataGroup(text: string): readonly [FileName, string] {
  const [, number = '', path = ''] = /^(1[0-6]|[1-9])=(.+)$/s.exec(text) ?? [];
  const name = savedFileName(`DG${number}`);
  if (name === null) throw unusable('N=FILE, N from 1 to 16', { option: '--dg' });
  return [name, path];
}

function pathsIn(directory: string): Map<FileName, string> {
  const paths = new Map<FileName, string>();
  for (const entry of entriesOf(directory)) {
    const name = savedFileName(entry);
    if (name === null) continue;
    if (paths.has(name)) throw unusable('two files of the folder are the same file of a chip', { file: name });
    paths.set(name, join(directory, entry));
  }
  if (paths.size === 0) throw new Failure('input.unreadable', { path: directory, reason: 'no file of a chip in it' });
  return paths;
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch (thrown) {
    throw inputFailure(thrown, directory);
  }
}
