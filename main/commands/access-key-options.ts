import type { AccessKey } from '../chip/access-key.ts';
import { parseMrz } from '../document/mrz.ts';
import { mrzInformation } from '../document/mrz-information.ts';
import { readInputFile, readStandardInput } from '../machine/input-file.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { unusable } from './arguments.ts';
import type { OptionDescriptions, ParsedArguments } from './command.ts';

/** What opens the chip, in one of four forms. */
export const accessKeyOptions: OptionDescriptions = {
  mrz: {
    kind: 'value',
    private: true,
    value: 'LINES',
    help: 'the lines at the bottom of the page, with line breaks or simply joined (88, 90 or 72 characters)',
  },
  'document-number': {
    kind: 'value',
    private: true,
    value: 'N',
    help: 'instead of the lines, with --birth and --expiry',
  },
  birth: { kind: 'value', private: true, value: 'YYMMDD', help: 'birth date as printed in the lines' },
  expiry: { kind: 'value', private: true, value: 'YYMMDD', help: 'last day as printed in the lines' },
  can: {
    kind: 'value',
    private: true,
    value: 'N',
    help: 'instead of the lines, the six digits of the card access number',
  },
  'access-file': {
    kind: 'value',
    value: 'FILE',
    help:
      'instead of all these, a file that holds the lines, the six digits, or document number, birth and expiry in a line ' +
      "each; - is standard input. Whoever may list the machine's processes sees the arguments of a command, and not this",
  },
};

/**
 * The key to the chip as given, null where none was. Fails with `arguments.unusable` for two at once or half of one,
 * `mrz.malformed`, `mrz.check-digit`, `document.no-chip`, `input.unreadable`, `input.too-large`.
 */
export function accessKeyOf(
  given: ParsedArguments,
  at: PlainDate,
  read: (path: string) => string = readLinesFile,
): AccessKey | null {
  const mrz = given.value('mrz');
  const can = given.value('can');
  const fields = ['document-number', 'birth', 'expiry'].map((name) => given.value(name));
  const [documentNumber = null, birthDate = null, expiryDate = null] = fields;
  const hasFields = fields.some((value) => value !== null);
  const file = given.value('access-file');
  if ([mrz !== null, can !== null, hasFields, file !== null].filter(Boolean).length > 1)
    throw unusable('one of --mrz, --can, --access-file, and --document-number with --birth and --expiry');
  if (mrz !== null) return keyOfLines(mrz, at);
  if (file !== null) {
    return keyInFile(read(file).trim(), at);
  }
  if (can !== null) {
    if (!/^\d{6}$/.test(can)) throw unusable('six digits', { option: '--can' });
    return { kind: 'can', can };
  }
  if (!hasFields) return null;
  if (documentNumber === null || birthDate === null || expiryDate === null)
    throw unusable('--document-number, --birth and --expiry belong together');
  return { kind: 'mrz', information: mrzInformation({ documentNumber, birthDate, expiryDate }) };
}

// No MRZ has lines of six characters: three lines of which two are dates are the fields.
function keyInFile(text: string, at: PlainDate): AccessKey {
  if (/^\d{6}$/.test(text)) return { kind: 'can', can: text };
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const [documentNumber = '', birthDate = '', expiryDate = ''] = lines;
  if (lines.length !== 3 || !/^\d{6}$/.test(expiryDate)) return keyOfLines(text, at);
  return { kind: 'mrz', information: mrzInformation({ documentNumber, birthDate, expiryDate }) };
}

// Three lines of thirty characters with their line ends, and room for a byte order mark.
const longestLinesFile = 200;

/** The lines of an MRZ, or as little else, from a file or (`-`) standard input. Fails with `input.unreadable`, `input.too-large`. */
export function readLinesFile(path: string): string {
  const bytes = path === '-' ? readStandardInput(longestLinesFile) : readInputFile(path, longestLinesFile);
  return new TextDecoder().decode(bytes);
}

/** The key of an MRZ whose check digits are right. Fails with `mrz.malformed`, `mrz.check-digit`, `document.no-chip`. */
export function keyOfLines(text: string, at: PlainDate): AccessKey {
  const { checkDigits, information, lines } = parseMrz(text, at);
  const wrong = checkDigits.find(({ right }) => !right);
  if (wrong !== undefined) throw new Failure('mrz.check-digit', { field: wrong.field });
  return { kind: 'mrz', information, lines };
}
