import { describe, expect, it } from 'vitest';
import { toHex } from '../../../main/result/bytes.ts';
import type { FailureCode } from '../../../main/result/failure-codes.ts';
import type { AnsweredCommand } from '../../../main/simulator/faults/fault-hooks.ts';
import { extended, inspectSpecimen, trainingTrust } from './bench-of-specimens.ts';

const trust = await trainingTrust();

/*
 * A card that answers one status word to each command of each protocol in turn (ISO 7816-4 §5.1.5: 6982 security status not
 * satisfied, 6700 wrong length, 6F00 no precise diagnosis), inside secure messaging where there is a session. Whatever it
 * refuses, the reading ends by itself, what is told is the step's own cause, and nothing is proved by a refusal.
 */
const specimens = [
  { id: 'se-passport', protocols: 'PACE, chip authentication' },
  { id: 'old-passport', protocols: 'BAC, active authentication' },
] as const;
const statuses = [0x6982, 0x6700, 0x6f00];

type Command = Pick<AnsweredCommand, 'ins' | 'p1' | 'secured' | 'file' | 'occurrence'>;

const isToken = ({ ins, secured, occurrence }: Command) => ins === 0x86 && !secured && occurrence === 4;
const isExternalAuthenticate = ({ ins }: Command) => ins === 0x82;

// Causes that only some commands can have: everywhere else they would be the wrong ones.
const onlyFrom: readonly (readonly [readonly FailureCode[], (command: Command) => boolean])[] = [
  [['access.wrong-key', 'access.wrong-key-maybe'], (command) => isToken(command) || isExternalAuthenticate(command)],
  [
    ['document.no-application', 'card.removed', 'card.mute', 'reader.communication', 'internal.unexpected'],
    () => false,
  ],
  [['chip-authentication.failed'], ({ ins, secured }) => secured && (ins === 0x22 || ins === 0x86)],
  [['active-authentication.failed'], ({ ins }) => ins === 0x88],
  [['access.bac-failed'], ({ ins }) => ins === 0x84 || ins === 0x82],
];

/** More than a whole reading by short length, and one over again. */
const mostExchanges = 300;

// The first two reads of a file stand for those after them.
function isFurtherRead(commands: readonly Command[], number: number): boolean {
  const { ins, file } = commands[number] ?? { ins: 0, file: null };
  if (ins !== 0xb0 || file === null) return false;
  return commands.slice(0, number).filter((earlier) => earlier.ins === ins && earlier.file === file).length >= 2;
}

describe.each(specimens)('$id ($protocols)', ({ id }) => {
  it.each(statuses.map((status) => [status.toString(16), status] as const))(
    'answers %s to each command in turn',
    async (_name, status) => {
      const whole: Command[] = [];
      const listen = {
        answer: (response: { data: Uint8Array; status: number }, command: AnsweredCommand) => {
          whole.push({ ...command });
          return response;
        },
      };
      const fresh = await inspectSpecimen({ id, limits: extended, trust, faults: { answers: [listen] } });
      const accepted = fresh.inspection.checks.filter(({ result }) => result === 'successful').map((check) => check.id);
      expect(whole.length).toBeGreaterThan(8);
      for (const [number, refused] of whole.entries()) {
        if (isFurtherRead(whole, number)) continue;
        let seen = 0;
        const refuse = {
          answer: (response: { data: Uint8Array; status: number }) => {
            seen += 1;
            return seen === number + 1 ? { data: new Uint8Array(), status } : response;
          },
        };
        const { inspection, commands } = await inspectSpecimen({
          id,
          limits: extended,
          trust,
          faults: { answers: [refuse] },
        });
        const label = `${number + 1}: ${toHex(commands[number]?.subarray(0, 4) ?? new Uint8Array())}`;
        expect(commands.length, label).toBeLessThan(mostExchanges);
        for (const check of inspection.checks) {
          expect(check.code === null, `${label} ${check.id}`).toBe(check.result === 'successful');
          for (const [codes, mayCause] of onlyFrom) {
            if (check.code !== null && codes.includes(check.code)) {
              expect(mayCause(refused), `${label} told as ${check.code} by ${check.id}`).toBe(true);
            }
          }
        }
        // What a refusal hides is never shown as made, beside what the whole reading proved.
        const successes = inspection.checks.filter(({ result }) => result === 'successful').map((check) => check.id);
        for (const success of successes) {
          if (success !== 'access.bac') expect(accepted, `${label} ${success}`).toContain(success);
        }
      }
    },
    300_000,
  );
});
