import type { AccessKey } from '../../chip/access-key.ts';
import type { Mrz } from '../../document/types.ts';
import { type Check, successful, unsuccessful } from '../../result/check.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { InspectedDocument } from '../types.ts';

/**
 * `document.mrz`: every check digit of DG1, and DG1 against what was typed from the page. With the card access number
 * nothing of the page was read, so that link is missing: `not supported` (9303-11 §6.1.6; TR-03135-1 §5.7.2).
 */
export function mrzCheck(mrz: Mrz, key: AccessKey | null): Check {
  const wrong = mrz.checkDigits.filter((digit) => !digit.right).map((digit) => digit.field);
  const compared = key?.kind === 'mrz';
  const page = compared ? 'key fields' : 'not compared';
  if (compared && key.information !== mrz.information) {
    return unsuccessful('document.mrz', 'failed', 'mrz.differs', { page, wrongCheckDigits: wrong });
  }
  if (wrong.length > 0)
    return unsuccessful('document.mrz', 'failed', 'mrz.check-digit', { page, wrongCheckDigits: wrong });
  const detail = { format: mrz.format, page };
  if (!compared) return unsuccessful('document.mrz', 'not supported', 'mrz.page-not-compared', detail);
  return successful('document.mrz', detail);
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
