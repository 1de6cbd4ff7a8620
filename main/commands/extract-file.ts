import { basename } from 'node:path';
import { unusable } from './arguments.ts';
import type { CommandCall, ExitStatus, OptionDescriptions } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { givenLanguage, languageOption } from './language-option.ts';
import { writeNewFiles } from './output-file.ts';
import { customerOption, meantRecords, recordsCount, signsOf } from './records-meant.ts';

/** What commands take that write records to files. */
export const extractOptions: OptionDescriptions = {
  ...customerOption,
  out: { kind: 'value', value: 'FILE', help: 'where it goes: a file that is not there yet' },
  pdf: {
    kind: 'value',
    value: 'FILE',
    help: 'besides, pages to read: they name the signed file, by its digest, as the evidence',
  },
  ...languageOption,
};

/** Writes the records that a call means to the file of `--out`, and pages of them to that of `--pdf`, for their owner alone. */
export function writeExtract(call: CommandCall, audience: 'person' | 'bank'): Promise<ExitStatus> {
  const { given } = call;
  const [out, pdf] = [given.value('out'), given.value('pdf')];
  if (out === null) throw unusable('a file to write', { option: '--out' });
  if (pdf === null && given.value('language') !== null) throw unusable('pages (--pdf)', { option: '--language' });
  const wanted = pdf === null ? null : { language: givenLanguage(call), file: basename(out), pdf };
  const meant = meantRecords(given, given.positionals[0] ?? null);
  return withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house, operators) => {
    const { records, signed, pages, keepAct } = house.extract(meant, audience);
    const sheet = wanted === null ? null : { file: wanted.pdf, ...(await pages(wanted)) };
    const files = [[out, signed, 0o600] as const, ...(sheet === null ? [] : [[sheet.file, sheet.pdf, 0o600] as const])];
    writeNewFiles(files, () => keepAct(signsOf(operators)));
    const told = sheet === null ? null : { file: sheet.file, undrawn: sheet.undrawn };
    call.answer({ file: out, records, pdf: told }, () => {
      const signedFile = `${out}: ${recordsCount(records.length)}, signed by this station.\n`;
      if (told === null) return signedFile;
      const numbers =
        told.undrawn === 0 ? '' : ` ${charactersCount(told.undrawn)} of names or words as Unicode numbers.`;
      return `${signedFile}${told.file}: pages to read, which prove nothing by themselves.${numbers}\n`;
    });
    return 0;
  });
}

function charactersCount(count: number): string {
  return `${count} ${count === 1 ? 'character' : 'characters'}`;
}
