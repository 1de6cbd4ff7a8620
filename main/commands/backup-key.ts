import { longestKeyFile, newBankKey, readBankKey } from '../keeping/backup/bank-key.ts';
import { readInputFile } from '../machine/input-file.ts';
import { machineRandom } from '../machine/random.ts';
import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withKeeping, withUnlockedKeeping } from './folder-of-call.ts';
import { writeNewFiles } from './output-file.ts';
import { signsOf } from './records-meant.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    make: {
      kind: 'value',
      value: 'FILE',
      help: 'writes a fresh pair: FILE, which opens backups, and FILE.pub for stations',
    },
    use: { kind: 'value', value: 'FILE.pub', help: 'backups of this station are made for this key from now on' },
  },
  description: [
    'The bank’s key for backups. --make writes a pair, once, on a machine of the bank: FILE stays locked away with the bank, never ' +
      'at a station; FILE.pub goes to the stations, where two administrators say --use. Without either it shows the fingerprint.',
    'With --json: { "made": [FILE, FILE.pub] } or { "key": fingerprint | null }',
  ],
  examples: ['styrk backup key --make bank.key', 'styrk backup key --use bank.key.pub --operator AB --operator CD'],
  run: async (call): Promise<ExitStatus> => {
    const [make, use] = [call.given.value('make'), call.given.value('use')];
    if (make !== null && use !== null) throw unusable('--make or --use, not both', { option: '--use' });
    if (make !== null) {
      const { secretText, publicText } = newBankKey(machineRandom);
      writeNewFiles([
        [make, secretText, 0o600],
        [`${make}.pub`, publicText],
      ]);
      secretText.fill(0);
      call.answer(
        { made: [make, `${make}.pub`] },
        () => `${make} opens backups: lock it away. ${make}.pub goes to stations.\n`,
      );
      return 0;
    }
    const publicKey = use === null ? null : readBankKey(readInputFile(use, longestKeyFile), 'public');
    const key =
      publicKey === null
        ? await withKeeping(call, ({ backup }) => backup.key())
        : await withUnlockedKeeping(call, ({ backup }, operators) => backup.setKey(publicKey, signsOf(operators)));
    call.answer({ key }, () => `Backups are made for: ${key ?? 'no key yet'}\n`);
    return 0;
  },
};
