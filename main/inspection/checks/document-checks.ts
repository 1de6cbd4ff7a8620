import type { AccessKey } from '../../chip/access-key.ts';
import { parseMrz } from '../../document/mrz.ts';
import { isImpossibleBirthDate } from '../../document/mrz-dates.ts';
import type { Mrz } from '../../document/types.ts';
import { type Check, successful, unsuccessful } from '../../result/check.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { InspectedDocument } from '../types.ts';

/**
 * `document.mrz`: every check digit of DG1, and DG1 against what was read from the page (9303-11 §6.1.6; TR-03135-1
 * §5.7.2): all of its lines, or the key fields where only those were typed. With the card access number nothing of the
 * page was read, so that link is missing: `not supported`. Optional data that alone differ leave it `undetermined`. A zone
 * without a name, or with a birth date that no calendar has, is `failed`: it names nobody (9303-3 §4.6, §4.8).
 */
export function mrzCheck(mrz: Mrz, key: AccessKey | null, at: PlainDate): Check {
  const wrongCheckDigits = mrz.checkDigits.filter((digit) => !digit.right).map((digit) => digit.field);
  const lines = key?.kind === 'mrz' ? key.lines : undefined;
  const page = lines !== undefined ? 'lines' : key?.kind === 'mrz' ? 'key fields' : 'not compared';
  const detail = { format: mrz.format, page, wrongCheckDigits };
  if (key?.kind === 'mrz') {
    const different = lines === undefined ? [] : differingFields(mrz, parseMrz(lines.join('\n'), at));
    const onlyOptional = different.length > 0 && different.every((field) => field === 'optionalData');
    const differs = { ...detail, different };
    if (different.length > 0 && !onlyOptional) return unsuccessful('document.mrz', 'failed', 'mrz.differs', differs);
    if (key.information !== mrz.information) return unsuccessful('document.mrz', 'failed', 'mrz.differs', differs);
    if (onlyOptional) return unsuccessful('document.mrz', 'undetermined', 'mrz.differs', differs);
  }
  if (wrongCheckDigits.length > 0) return unsuccessful('document.mrz', 'failed', 'mrz.check-digit', detail);
  const impossible = impossibleFields(mrz);
  if (impossible.length > 0) {
    return unsuccessful('document.mrz', 'failed', 'mrz.field-impossible', { ...detail, impossible });
  }
  if (key?.kind !== 'mrz') return unsuccessful('document.mrz', 'not supported', 'mrz.page-not-compared', detail);
  return successful('document.mrz', detail);
}

// An expiry that is none has its own check.
function impossibleFields({ name, birthDate }: Mrz): readonly string[] {
  return [
    ...(/[A-Z0-9]/.test(name.field) ? [] : ['name']),
    ...(isImpossibleBirthDate(birthDate.printed) ? ['birthDate'] : []),
  ];
}

/** The fields in which the page and DG1 differ. Fillers in a birth date are exempt (TR-03135-1 §5.7.2). */
function differingFields(chip: Mrz, page: Mrz): readonly string[] {
  const fields: readonly (readonly [string, boolean])[] = [
    ['documentCode', chip.documentCode === page.documentCode],
    ['issuer', chip.issuer === page.issuer],
    ['documentNumber', chip.documentNumber === page.documentNumber],
    ['nationality', chip.nationality === page.nationality],
    ['name', chip.name.field === page.name.field],
    ['birthDate', sameButFillers(chip.birthDate.printed, page.birthDate.printed)],
    ['expiryDate', chip.expiryDate.printed === page.expiryDate.printed],
    ['sex', chip.sex === page.sex],
    ['optionalData', chip.optionalData === page.optionalData && chip.optionalData2 === page.optionalData2],
  ];
  return fields.filter(([, same]) => !same).map(([name]) => name);
}

function sameButFillers(a: string, b: string): boolean {
  return (
    a.length === b.length && [...a].every((character, at) => character === b[at] || character === '<' || b[at] === '<')
  );
}

/** `document.expiry` (TR-03135-1 §5.7.1): the document is good through its last day. */
export function expiryCheck(document: InspectedDocument, at: PlainDate): Check {
  if (document.expiry === null) return unsuccessful('document.expiry', 'undetermined', 'document.expiry-unknown');
  const detail = { expiry: document.expiry, at };
  if (document.expiry < at) return unsuccessful('document.expiry', 'failed', 'document.expired', detail);
  return successful('document.expiry', detail);
}

/** `document.type`: passports and identity cards are what this house proves. */
export function typeCheck(document: InspectedDocument): Check {
  const detail = { code: document.code, issuer: document.issuer, nationality: document.holder.nationality };
  if (document.type === 'other') return unsuccessful('document.type', 'failed', 'document.type-not-accepted', detail);
  return successful('document.type', { type: document.type, ...detail });
}
