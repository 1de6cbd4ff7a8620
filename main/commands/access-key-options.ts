import type { AccessKey } from '../chip/access-key.ts';
import { parseMrz } from '../document/mrz.ts';
import { mrzInformation } from '../document/mrz-information.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { unusable } from './arguments.ts';
import type { OptionDescriptions, ParsedArguments } from './command.ts';

/** What opens the chip, in one of three forms. */
export const accessKeyOptions: OptionDescriptions = {
  mrz: {
    kind: 'value',
    value: 'LINES',
    help: 'the lines at the bottom of the page, with line breaks or simply joined (88, 90 or 72 characters)',
  },
  'document-number': { kind: 'value', value: 'N', help: 'instead of the lines, with --birth and --expiry' },
  birth: { kind: 'value', value: 'YYMMDD', help: 'birth date as printed in the lines' },
  expiry: { kind: 'value', value: 'YYMMDD', help: 'last day as printed in the lines' },
  can: { kind: 'value', value: 'N', help: 'instead of the lines, the six digits of the card access number' },
};

/**
 * The key to the chip as given, null where none was. Fails with `arguments.unusable` for two at once or half of one,
 * `mrz.malformed`, `mrz.check-digit`, `document.no-chip`.
 */
export function accessKeyOf(given: ParsedArguments, at: PlainDate): AccessKey | null {
  const mrz = given.value('mrz');
  const can = given.value('can');
  const fields = ['document-number', 'birth', 'expiry'].map((name) => given.value(name));
  const [documentNumber = null, birthDate = null, expiryDate = null] = fields;
  const hasFields = fields.some((value) => value !== null);
  if ([mrz !== null, can !== null, hasFields].filter(Boolean).length > 1)
    throw unusable('one of --mrz, --can, and --document-number with --birth and --expiry');
  if (mrz !== null) return keyOfLines(mrz, at);
  if (can !== null) {
    if (!/^\d{6}$/.test(can)) throw unusable('six digits', { option: '--can' });
    return { kind: 'can', can };
  }
  if (!hasFields) return null;
  if (documentNumber === null || birthDate === null || expiryDate === null)
    throw unusable('--document-number, --birth and --expiry belong together');
  return { kind: 'mrz', information: mrzInformation({ documentNumber, birthDate, expiryDate }) };
}

/** The key of an MRZ whose check digits are right. Fails with `mrz.malformed`, `mrz.check-digit`, `document.no-chip`. */
export function keyOfLines(text: string, at: PlainDate): AccessKey {
  const { checkDigits, information, lines } = parseMrz(text, at);
  const wrong = checkDigits.find(({ right }) => !right);
  if (wrong !== undefined) throw new Failure('mrz.check-digit', { field: wrong.field });
  return { kind: 'mrz', information, lines };
}
