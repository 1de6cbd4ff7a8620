import { failureWords } from '../../resources/failures/failures.ts';
import type { LogKeeping } from '../keeping/log/log-keeping.ts';
import { machineAfter } from '../machine/clock.ts';
import { readInputFile } from '../machine/input-file.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall, ExitStatus } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns, counted, printable } from './layout.ts';
import { writeNewFiles } from './output-file.ts';

const largestFile = 1024 * 1024;

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    request: { kind: 'value', value: 'FILE', help: 'offline: writes what a witness is asked into this new file' },
    old: {
      kind: 'value',
      value: 'N',
      help: 'with it: the size that the witness saw last, where it is another than it cosigned last by what is on file here',
    },
    witness: { kind: 'value', value: 'NAME', help: 'with it, where several are set: the witness that will be asked' },
    asked: { kind: 'value', value: 'FILE', help: 'offline: the file that was asked with, beside the answer' },
    answer: { kind: 'value', value: 'FILE', help: 'offline: what the witness answered (records witness --request)' },
  },
  description: [
    'Writes the newest checkpoint where it is set to go, and asks every witness (records anchor) for its cosignature, which then ' +
      'stands in receipts. The window does the same after each case. Where there is no network the question and the answer are ' +
      'carried as files. It needs no key of the folder.',
    'Exit status 1 where one of them failed. With --json: { "anchors": [ { "kind", "place", "size", "code" } ] }; offline { "size", "old" } or { "witness", "size" }',
  ],
  examples: [
    'styrk records cosign',
    'styrk records cosign --request ask.txt --old 12',
    'styrk records cosign --asked ask.txt --answer answer.txt',
  ],
  asFound: true,
  run: (call) =>
    withKeeping<ExitStatus>(call, async ({ log }) => {
      if (call.given.value('request') !== null) return writeRequest(call, log);
      if (call.given.value('answer') !== null) return takeAnswer(call, log);
      const anchors = await log.publish({ after: machineAfter });
      call.answer({ anchors }, () => {
        if (anchors.length === 0) return 'Checkpoints go nowhere (records anchor).\n';
        const rows = anchors.map(({ place, size, code }) => [
          printable(place),
          code === null ? counted(size ?? 0, 'record') : `${failureWords('en', code).happened} (${code})`,
        ]);
        return `${columns(rows).join('\n')}\n`;
      });
      return anchors.every(({ code }) => code === null) ? 0 : 1;
    }),
};

function writeRequest(call: CommandCall, keeping: LogKeeping): ExitStatus {
  const old = call.given.value('old') ?? String(cosignedLast(call, keeping));
  if (!/^(0|[1-9][0-9]{0,14})$/.test(old)) throw unusable('no size of this log', { option: '--old' });
  const { body, size } = keeping.request(Number(old));
  writeNewFiles([[call.given.value('request') ?? '', new TextEncoder().encode(body)]]);
  call.answer(
    { size, old: Number(old) },
    () => `Asks for a cosignature of ${counted(size, 'record')}, from ${old} on.\n`,
  );
  return 0;
}

// A witness is asked from what it saw last: what it has cosigned is on file.
function cosignedLast({ given }: CommandCall, keeping: LogKeeping): number {
  const named = given.value('witness');
  const all = keeping.cosigned().filter(({ witness }) => named === null || witness === named);
  const sizes = new Set(all.map(({ size }) => size));
  if (sizes.size > 1 || (named !== null && sizes.size === 0)) {
    const known = keeping.cosigned().map(({ witness, size }) => `${witness} (${size})`);
    throw unusable('which witness?', { option: '--witness', known: known.join(', ') });
  }
  return [...sizes][0] ?? 0;
}

function takeAnswer({ given, answer }: CommandCall, keeping: LogKeeping): ExitStatus {
  const asked = given.value('asked');
  if (asked === null) throw unusable('an answer needs its question', { option: '--asked' });
  const { witness, size } = keeping.takeAnswer(textIn(asked), textIn(given.value('answer') ?? ''));
  answer({ witness, size }, () => `${printable(witness)} has cosigned ${counted(size, 'record')}.\n`);
  return 0;
}

function textIn(path: string): string {
  return new TextDecoder().decode(readInputFile(path, largestFile));
}
