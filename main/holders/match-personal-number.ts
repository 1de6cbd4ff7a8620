import type { Mrz, PersonalDetails } from '../document/types.ts';
import { type Check, successful, unsuccessful } from '../result/check.ts';
import type { Holder } from './holder.ts';
import { readTwelveDigits } from './numbers/sweden.ts';

const id = 'holder.personal-number';
const sweden = 'SWE';

interface Found {
  readonly source: 'DG1 optional data' | 'DG11 personal number';
  readonly digits: string;
}

/**
 * `holder.personal-number`: the number on file against the one in the document, which must be equal digit by digit. Only
 * documents that Sweden issued are read for it: elsewhere the fields hold other states' numbers. A number that differs may
 * be an old one (birth date corrected, coordination number replaced); that is for staff, and name and birth date never
 * stand in for it.
 */
export function matchPersonalNumber(holder: Holder, mrz: Mrz, details: PersonalDetails | null): Check {
  const found = mrz.issuer === sweden ? numbersOf(mrz, details) : [];
  const first = found[0];
  if (first === undefined || holder.personalNumber === null)
    return unsuccessful(id, 'undetermined', 'holder.no-personal-number', {
      issuer: mrz.issuer,
      onFile: holder.personalNumber !== null,
      inDocument: first !== undefined,
    });

  const compared = { source: first.source, onFile: holder.personalNumber, inDocument: first.digits };
  const disagree = found.some((other) => other.digits !== first.digits);
  const read = readTwelveDigits(first.digits);
  if (disagree || !read.valid)
    return unsuccessful(id, 'undetermined', 'holder.personal-number-invalid', {
      ...compared,
      fault: read.valid ? 'sources-disagree' : read.fault,
    });
  if (read.digits !== holder.personalNumber)
    return unsuccessful(id, 'failed', 'holder.personal-number-differs', compared);
  return successful(id, { source: first.source, kind: read.kind });
}

/** The personal number that a Swedish document states; null where it states none, several, or one that cannot be right. */
export function numberInDocument(mrz: Mrz, details: PersonalDetails | null): string | null {
  const found = new Set((mrz.issuer === sweden ? numbersOf(mrz, details) : []).map(({ digits }) => digits));
  const [digits, ...others] = found;
  if (digits === undefined || others.length > 0) return null;
  const read = readTwelveDigits(digits);
  return read.valid ? read.digits : null;
}

// TD3: line 2, positions 29–42 (9303-4 §4.2.2.2); TD1: the first optional data (as on the Swedish specimen); DG11: 5F10.
function numbersOf(mrz: Mrz, details: PersonalDetails | null): readonly Found[] {
  const found: Found[] = [];
  const optional = plain(mrz.optionalData);
  if (optional !== '') found.push({ source: 'DG1 optional data', digits: optional });
  const additional = plain(details?.personalNumber ?? '');
  if (additional !== '') found.push({ source: 'DG11 personal number', digits: additional });
  return found;
}

function plain(text: string): string {
  return text.replace(/[\s<-]/g, '');
}
