import type { AccessKeyInput } from '../../preload/contract.ts';
import type { AccessKey } from '../chip/access-key.ts';
import { parseMrz } from '../document/mrz.ts';
import { lastDayTyped, mrzInformation } from '../document/mrz-information.ts';
import { swipedMrz } from '../document/swiped-mrz.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { PrintedPage } from '../verification/known-before.ts';

/** What opens a chip, and what is known of the document's page by it: nothing, where six digits do. */
export interface OpenedBy {
  readonly key: AccessKey;
  readonly page: PrintedPage | null;
}

/**
 * The key to the chip from what staff typed or swiped: the zone's lines, its three fields, or the card access number of
 * six digits (9303-4 §4.1.1.2). Fails with `mrz.malformed`, `mrz.check-digit`, `document.no-chip`,
 * `access.key-missing`.
 */
export function openedBy(input: AccessKeyInput, at: PlainDate): OpenedBy {
  if (input.kind === 'can') {
    const can = input.can.trim();
    if (!/^[0-9]{6}$/.test(can)) throw new Failure('access.key-missing', { reason: 'six digits' });
    return { key: { kind: 'can', can }, page: null };
  }
  if (input.kind === 'fields') {
    const { documentNumber, birthDate, expiryDate } = input;
    const information = mrzInformation({ documentNumber, birthDate, expiryDate });
    const expiry = lastDayTyped({ documentNumber, birthDate, expiryDate });
    return { key: { kind: 'mrz', information }, page: { kind: 'dates', birthDate, expiryDate: expiry } };
  }
  const swiped = swipedMrz(input.text, at);
  const mrz = parseMrz(swiped?.lines.join('\n') ?? input.text, at);
  const wrong = mrz.checkDigits.find(({ right }) => !right);
  if (wrong !== undefined) throw new Failure('mrz.check-digit', { field: wrong.field });
  // What may be another letter on the page is not said to stand there.
  const lines = swiped?.certain === false ? {} : { lines: mrz.lines };
  return { key: { kind: 'mrz', information: mrz.information, ...lines }, page: { kind: 'lines', mrz } };
}
