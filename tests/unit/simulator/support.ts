import { fromHex, toHex } from '../../../main/result/bytes.ts';
import { type PlainDate, parsePlainDate } from '../../../main/result/plain-date.ts';
import { createChip, type SimulatedChip } from '../../../main/simulator/chip/chip.ts';
import type { ChipProfile } from '../../../main/simulator/chip/chip-profile.ts';
import type { ChipFaults } from '../../../main/simulator/faults/faults.ts';

/** A day on which specimens are issued in tests. */
export const someDay = day('2026-11-23');

function day(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (date === null) throw new RangeError(text);
  return date;
}

/** Randomness that gives these values one after the other and nothing else. */
export function recorded(...values: readonly string[]): (length: number) => Uint8Array {
  const left = values.map(fromHex);
  return (length) => {
    const next = left.shift();
    if (next?.length !== length) throw new RangeError(`asked for ${length} bytes`);
    return next;
  };
}

/** Bytes that differ from call to call and not from run to run; each side of a protocol begins elsewhere. */
export function counting(begin = 0): (length: number) => Uint8Array {
  let calls = begin;
  return (length) => {
    calls++;
    return Uint8Array.from({ length }, (_, index) => (calls * 37 + index * 11 + 1) & 0x7f);
  };
}

export const travelDocument = 'a0000002471001';

/** A chip with one protected file in the application and one free file in the MF. */
export function profile(changes: Partial<ChipProfile> = {}): ChipProfile {
  const contents = Uint8Array.from({ length: 600 }, (_, index) => index & 0xff);
  return {
    answerToReset: fromHex('3b80800101'),
    masterFile: [
      { name: 'EF.CardAccess', identifier: 0x011c, shortIdentifier: 0x1c, contents: fromHex('3100'), access: 'free' },
    ],
    applications: [
      {
        identifier: fromHex(travelDocument),
        files: [{ name: 'EF.DG1', identifier: 0x0101, shortIdentifier: 1, contents, access: 'protected' }],
        fileControlInformation: fromHex('6f098407a0000002471001'),
      },
    ],
    basicAccessControl: true,
    pace: [{ protocol: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13 }],
    passwords: { mrzInformation: 'T22000129364081251010318', can: '123456' },
    extendedLength: null,
    leavesField: null,
    ...changes,
  };
}

/** Sends hex, answers hex; `left` where the chip left the field. */
export function exchange(chip: SimulatedChip, command: string): string {
  const response = chip.transmit(fromHex(command));
  return response === null ? 'left' : toHex(response);
}

export function chipOf(
  changes: Partial<ChipProfile> = {},
  random: (length: number) => Uint8Array = counting(),
  faults: ChipFaults = {},
): SimulatedChip {
  return createChip({ chip: profile(changes) }, { random, faults });
}
