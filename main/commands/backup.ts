import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: { out: { kind: 'value', value: 'FILE', help: 'where the backup goes; the file is not there yet' } },
  description: [
    'A backup of the whole folder while it is in use: records, register, trust store, settings and keys of one moment, sealed for ' +
      'the bank’s key (backup key) and read back before it counts. It holds the key of the folder too: nobody but the bank opens it.',
    'With --json: { "file", "bytes", "files": n, "madeAt", "checkpoint" }',
  ],
  examples: ['styrk backup --out /mnt/bank/station-7.backup'],
  asFound: true,
  run: async (call): Promise<ExitStatus> => {
    const out = call.given.value('out');
    if (out === null) throw unusable('a file to write', { option: '--out' });
    const { manifest, bytes, files } = await withUnlockedKeeping(call, ({ backup }) =>
      backup.take(out, call.machine.version),
    );
    const { madeAt, checkpoint } = manifest;
    call.answer(
      { file: out, bytes, files, madeAt, checkpoint },
      () => `${out}: ${bytes} bytes, read back and whole.\n`,
    );
    return 0;
  },
};
