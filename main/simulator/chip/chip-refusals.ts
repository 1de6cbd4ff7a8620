import { toHex } from '../../result/bytes.ts';
import { type Command, type StatusWord, status } from './apdu.ts';
import type { ChipQuirks } from './chip-quirks.ts';
import { instruction } from './instructions.ts';

/** What chips of the field refuse although the standard allows it; null where they do not. */
export function refusal({ ins, p1, data, expected }: Command, quirks: ChipQuirks = {}): StatusWord | null {
  if (ins === instruction.select) {
    if (quirks.selectWithoutLe === true && expected !== null) return status.wrongLength;
    const masterFile = p1 === 0 && (data.length === 0 || toHex(data) === '3f00');
    return masterFile && quirks.selectMasterFileRefused === true ? status.wrongParameters : null;
  }
  if (ins !== instruction.readBinary) return null;
  if (quirks.noShortIdentifiers === true && (p1 & 0x80) !== 0) return status.wrongParameters;
  return quirks.mostExpected !== undefined && (expected ?? 0) > quirks.mostExpected ? status.wrongLength : null;
}
