import { checkDigit } from '../../../main/document/mrz-check-digit.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { ascii } from './parts.ts';

/** The fields of a passport's zone (9303-4 §4.2); a check digit that is left out is computed. */
export interface ZoneFields {
  readonly documentCode?: string;
  readonly issuer?: string;
  readonly name?: string;
  readonly documentNumber?: string;
  readonly documentNumberDigit?: string;
  readonly nationality?: string;
  readonly birthDate?: string;
  readonly birthDateDigit?: string;
  readonly sex?: string;
  readonly expiryDate?: string;
  readonly expiryDateDigit?: string;
  readonly optionalData?: string;
  readonly optionalDataDigit?: string;
  readonly compositeDigit?: string;
}

// A digit over characters that no digit is defined for: letters in dates count as letters, all else as fillers.
function digitOf(characters: string): string {
  return checkDigit(characters.replace(/[^A-Z0-9<]/g, '<'));
}

/** Both lines of the plan's document, changed. */
export function zone(fields: ZoneFields = {}): readonly [string, string] {
  const number = fields.documentNumber ?? 'C11T002JM';
  const birth = fields.birthDate ?? '960812';
  const expiry = fields.expiryDate ?? '231031';
  const optional = (fields.optionalData ?? '').padEnd(14, '<');
  const numberField = number + (fields.documentNumberDigit ?? digitOf(number));
  const birthField = birth + (fields.birthDateDigit ?? digitOf(birth));
  const expiryField = expiry + (fields.expiryDateDigit ?? digitOf(expiry));
  const empty = fields.optionalData === undefined;
  const optionalField = optional + (fields.optionalDataDigit ?? (empty ? '<' : digitOf(optional)));
  const composite = fields.compositeDigit ?? digitOf(numberField + birthField + expiryField + optionalField);
  const name = fields.name ?? 'MUSTERMANN<<ERIKA';
  const first = `${(fields.documentCode ?? 'P').padEnd(2, '<')}${(fields.issuer ?? 'D').padEnd(3, '<')}${name.padEnd(39, '<')}`;
  const nationality = (fields.nationality ?? 'D').padEnd(3, '<');
  const second = `${numberField}${nationality}${birthField}${fields.sex ?? 'F'}${expiryField}${optionalField}${composite}`;
  return [first, second];
}

/** What keys are derived from: number, birth date and expiry with their check digits, as printed. */
export function informationOf([, second]: readonly [string, string]): string {
  return second.slice(0, 10) + second.slice(13, 20) + second.slice(21, 28);
}

/** EF.DG1. */
export function machineReadableZone(lines: readonly [string, string]): Uint8Array {
  return encodeTlv(0x61, encodeTlv(0x5f1f, ascii(lines.join(''))));
}
