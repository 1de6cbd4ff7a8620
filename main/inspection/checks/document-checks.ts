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
    // The chip was opened with these fields; they are compared once more because a chip could open to any key.
    const opened = differingKeyFields(mrz.information, key.information);
    if (opened.length > 0) {
      return unsuccessful('document.mrz', 'failed', 'mrz.differs', { ...detail, different: [...different, ...opened] });
    }
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

/** Birth date and expiry with a check digit each end the information that keys are derived from (9303-11 §9.7.2). */
const datesLength = 14;

function differingKeyFields(chip: string, page: string): readonly string[] {
  const parted = (information: string) => {
    const dates = information.slice(-datesLength);
    return { number: information.slice(0, -datesLength), birth: dates.slice(0, 6), expiry: dates.slice(7) };
  };
  const [a, b] = [parted(chip), parted(page)];
  const fields: readonly (readonly [string, boolean])[] = [
    ['documentNumber', a.number === b.number],
    ['birthDate', sameBirthDate(a.birth, b.birth)],
    ['expiryDate', a.expiry === b.expiry],
  ];
  return fields.filter(([, same]) => !same).map(([name]) => name);
}

/** The fields in which the page and DG1 differ. Fillers in a birth date are exempt (TR-03135-1 §5.7.2). */
function differingFields(chip: Mrz, page: Mrz): readonly string[] {
  const fields: readonly (readonly [string, boolean])[] = [
    ['documentCode', chip.documentCode === page.documentCode],
    ['issuer', chip.issuer === page.issuer],
    ['documentNumber', chip.documentNumber === page.documentNumber],
    ['nationality', chip.nationality === page.nationality],
    ['name', chip.name.field === page.name.field],
    ['birthDate', sameBirthDate(chip.birthDate.printed, page.birthDate.printed)],
    ['expiryDate', chip.expiryDate.printed === page.expiryDate.printed],
    ['sex', chip.sex === page.sex],
    ['optionalData', chip.optionalData === page.optionalData && chip.optionalData2 === page.optionalData2],
  ];
  return fields.filter(([, same]) => !same).map(([name]) => name);
}

// What a birth date does not tell is printed as fillers (9303-3 §4.8) or as zeros: an unknown part differs from none.
function sameBirthDate(a: string, b: string): boolean {
  const parts = (date: string) => [date.slice(0, 2), date.slice(2, 4), date.slice(4)];
  const [left, right] = [parts(a), parts(b)];
  return left.every((part, index) => {
    const other = right[index] ?? '';
    const isUnknown = (text: string) => text.includes('<') || (index > 0 && text === '00');
    return part === other || isUnknown(part) || isUnknown(other);
  });
}

/**
 * `document.expiry` (TR-03135-1 §5.7.1): the document is good through its last day. `issued` is the earliest day on which it
 * can have been issued, out of what the issuer signed: a last day before it is none, so that its century stays open. Where it is known
 * it is told: whoever compares faces is told by it how old the portrait can be.
 */
export function expiryCheck(document: InspectedDocument, at: PlainDate, issued: PlainDate | null = null): Check {
  if (document.expiry === null) return unsuccessful('document.expiry', 'undetermined', 'document.expiry-unknown');
  if (issued !== null && document.expiry < issued) {
    return unsuccessful('document.expiry', 'undetermined', 'document.expiry-unknown', {
      expiry: document.expiry,
      issued,
    });
  }
  const detail = { expiry: document.expiry, at, ...(issued === null ? {} : { issued }) };
  if (document.expiry < at) return unsuccessful('document.expiry', 'failed', 'document.expired', detail);
  return successful('document.expiry', detail);
}

/**
 * `document.type`: passports and identity cards are what this house proves. A residence permit is a kind of its own and
 * proves nobody's identity, whatever the errand. States give identity cards to their citizens: where the code does not say
 * what a card is (9303-5 leaves it to the issuer) and its holder is of another nationality, it may be a permit as well, and
 * the kind stays open.
 */
export function typeCheck({ type, code, issuer, holder: { nationality } }: InspectedDocument): Check {
  const detail = { type, code, issuer, nationality };
  if (type === 'residence-permit') return unsuccessful('document.type', 'failed', 'document.residence-permit', detail);
  if (type === 'other') return unsuccessful('document.type', 'failed', 'document.type-not-accepted', detail);
  const ofAnotherState = nationality !== '' && nationality !== issuer;
  if (type === 'identity-card' && ofAnotherState) {
    return unsuccessful('document.type', 'undetermined', 'document.type-unknown', detail);
  }
  return successful('document.type', detail);
}
