import type { AccessKeyInput } from '../../preload/contract.ts';
import type { AccessKey } from '../chip/access-key.ts';
import { parseMrz } from '../document/mrz.ts';
import { mrzInformation } from '../document/mrz-information.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';

/**
 * The key to the chip from what staff typed or swiped: the zone's lines, its three fields, or the card access number of
 * six digits (9303-4 §4.1.1.2). Fails with `mrz.malformed`, `mrz.check-digit`, `document.no-chip`,
 * `access.key-missing`.
 */
export function accessKeyFrom(input: AccessKeyInput, at: PlainDate): AccessKey {
  if (input.kind === 'can') {
    const can = input.can.trim();
    if (!/^[0-9]{6}$/.test(can)) throw new Failure('access.key-missing', { reason: 'six digits' });
    return { kind: 'can', can };
  }
  if (input.kind === 'fields') {
    const { documentNumber, birthDate, expiryDate } = input;
    return { kind: 'mrz', information: mrzInformation({ documentNumber, birthDate, expiryDate }) };
  }
  const mrz = parseMrz(input.text, at);
  const wrong = mrz.checkDigits.find(({ right }) => !right);
  if (wrong !== undefined) throw new Failure('mrz.check-digit', { field: wrong.field });
  return { kind: 'mrz', information: mrz.information, lines: mrz.lines };
}
