import { join } from 'node:path';
import type { FileName } from '../chip/files.ts';
import { type LooseFiles, mostBytesOf, savedFileName } from '../keeping/saved-files.ts';
import { readInputFile } from '../machine/input-file.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { keyOfLines, readLinesFile } from './access-key-options.ts';
import { unusable } from './arguments.ts';
import type { CommandCall, OptionDescriptions } from './command.ts';
import { namesIn } from './saved-folder.ts';

const fileOptions = {
  sod: 'EF.SOD',
  'card-access': 'EF.CardAccess',
  'card-security': 'EF.CardSecurity',
} as const satisfies Record<string, FileName>;

/** Files of a chip, and the lines of its page, by what they are called. */
export const looseFilesOptions: OptionDescriptions = {
  sod: { kind: 'value', value: 'FILE', help: 'EF.SOD as read, tag 77 included' },
  dg: { kind: 'values', value: 'N=FILE', help: 'data group N (1 to 16) as read, its tag included' },
  'card-access': { kind: 'value', value: 'FILE', help: 'EF.CardAccess' },
  'card-security': {
    kind: 'value',
    value: 'FILE',
    help: 'EF.CardSecurity; alone, the signature that is judged is its',
  },
  page: { kind: 'value', value: 'FILE', help: 'the lines at the bottom of the page, as text' },
};

/** What lies in a folder, by path. Lines are texts: two or three rows of an MRZ. */
interface FolderContent {
  readonly files: Map<FileName, string>;
  readonly pageLines: string | null;
  readonly chipLines: string | null;
}

/**
 * The files that a call names, by options or by a folder. Fails with `arguments.unusable`, `input.unreadable` and
 * `input.too-large`, and for the lines of the page with `mrz.malformed`, `mrz.check-digit`, `document.no-chip`.
 */
export function looseFiles({ given }: CommandCall, at: PlainDate): LooseFiles {
  const [directory] = given.positionals;
  const content = directory === undefined ? emptyContent() : contentOf(directory);
  const paths = content.files;
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
  const chipLines = paths.has('EF.DG1') ? null : content.chipLines;
  const pageLines = given.value('page') ?? content.pageLines;
  if (paths.size === 0 && chipLines === null) throw unusable('no file to check');
  return {
    files: new Map([...paths].map(([name, path]) => [name, readInputFile(path, mostBytesOf(name))])),
    chipLines: chipLines === null ? null : readLinesFile(chipLines),
    page: pageLines === null ? null : keyOfLines(readLinesFile(pageLines), at),
  };
}

function dataGroup(text: string): readonly [FileName, string] {
  const [, number = '', path = ''] = /^(1[0-6]|[1-9])=(.+)$/s.exec(text) ?? [];
  const name = savedFileName(`DG${number}`);
  if (name === null) throw unusable('N=FILE, N from 1 to 16', { option: '--dg' });
  return [name, path];
}

function emptyContent(): FolderContent {
  return { files: new Map(), pageLines: null, chipLines: null };
}

function contentOf(directory: string): FolderContent {
  const files = new Map<FileName, string>();
  const entries = namesIn(directory);
  for (const entry of entries) {
    const name = savedFileName(entry);
    if (name === null) continue;
    if (files.has(name)) throw unusable('two files of the folder are the same file of a chip', { file: name });
    files.set(name, join(directory, entry));
  }
  const linesIn = (name: string): string | null => (entries.includes(name) ? join(directory, name) : null);
  const [pageLines, chipLines] = [linesIn('page.mrz'), linesIn('chip.mrz')];
  if (files.size === 0 && chipLines === null)
    throw new Failure('input.unreadable', { path: directory, reason: 'no file of a chip in it' });
  return { files, pageLines, chipLines };
}
