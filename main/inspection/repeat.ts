import type { FileName } from '../chip/files.ts';
import { type LengthStep, lengthSteps } from '../chip/read-lengths.ts';
import { equal } from '../result/bytes.ts';
import type { Failure } from '../result/failure.ts';
import { isGone } from './checks/access-checks.ts';
import type { InspectionRun } from './facts.ts';
import type { InspectionInput } from './request.ts';
import type { RepeatedReading } from './types.ts';

const readBinary = new Set([0xb0, 0xb1]);
const internalAuthenticate = 0x88;
const wrongLength = '6700';

/**
 * Whether a reading ended because the chip dropped the session over a length (gmrtd#457: an unprotected 6700), and how it
 * is then read once more: a new session with the same key, nothing carried over, only shorter. Every check is made on what
 * the second reading brings. Any other bare status word (6988 is what a copy answers under keys that it does not have),
 * data without protection, a wrong authenticator: none of them is a chip's word on lengths, and the reading stays ended
 * (9303-11 §9.8.5). Null where there is no such reason.
 */
export function repeatAfter(
  run: InspectionRun,
  end: Failure | null,
): { readonly input: InspectionInput; readonly repeated: RepeatedReading } | null {
  const command = run.channel.lastCommand;
  if (end?.code !== 'secure-messaging.unprotected-answer' || command === null) return null;
  const { status, dataLength } = end.fields;
  if (status !== wrongLength || dataLength !== 0) return null;
  const repeated = { code: end.code, status, exchanges: run.count().exchanges };
  const reads = readBinary.has(command.ins);
  if (command.form === 'extended' && (reads || command.ins === internalAuthenticate))
    return { input: { ...run.input, extendedLength: 'never' }, repeated };
  const lengthStep = reads ? shorterThan(run.lengths().step) : null;
  return lengthStep === null ? null : { input: { ...run.input, extendedLength: 'never', lengthStep }, repeated };
}

/** What tells one chip from another, and what says how it is to be opened. */
const telling: readonly FileName[] = ['EF.CardAccess', 'EF.SOD'];

/**
 * Whether the second reading is of the chip that asked for it. A bare 6700 is protected by nothing: whoever sends it
 * must not get a second reading in which PACE is no longer offered, or another chip answers; the first one's end stands then.
 */
export function repeatsSame(first: InspectionRun, second: InspectionRun): boolean {
  return telling.every((name) => {
    const [before, after] = [first.facts.files.get(name), second.facts.files.get(name)];
    if (before === undefined || 'failure' in before || after === undefined) return true;
    return 'failure' in after ? isGone(after.failure) : equal(before.bytes, after.bytes);
  });
}

// Under AES the steps 256 and 224 are one: what comes after them is shorter under every cipher.
function shorterThan(step: LengthStep): LengthStep | null {
  return lengthSteps.find((candidate) => candidate < Math.min(step, 224)) ?? null;
}
