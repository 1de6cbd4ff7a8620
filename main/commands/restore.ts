import { failureWords } from '../../resources/failures/failures.ts';
import { longestKeyFile, readBankKey } from '../keeping/backup/bank-key.ts';
import { type RestoreOrder, recoverKey, restoreFolder } from '../keeping/backup/restore-folder.ts';
import type { LookedAtPlace } from '../keeping/backup/seen-checkpoints.ts';
import { operatingSystemUser } from '../machine/clock.ts';
import { readInputFile } from '../machine/input-file.ts';
import { machineRandom } from '../machine/random.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall, ExitStatus } from './command.ts';
import { keyProvider } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { byAdministrators } from './two-administrators.ts';

const longestCheckpoint = 512 * 1024;

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {
    to: { kind: 'value', value: 'FOLDER', help: 'a folder that is not there yet; with --key-only the one that is' },
    'bank-key': { kind: 'value', value: 'FILE', help: 'the bank’s key that opens the backup' },
    checkpoint: {
      kind: 'values',
      value: 'FILE',
      help: 'a checkpoint of this station that was kept elsewhere: an older backup is refused',
    },
    'accept-older': { kind: 'flag', value: '', help: 'restores an older state all the same: --by twice, and --reason' },
    'key-only': { kind: 'flag', value: '', help: 'takes the key alone, for a folder whose passphrase is lost' },
    by: byAdministrators,
    reason: { kind: 'value', value: 'TEXT', help: 'why an older state is taken' },
  },
  description: [
    'Makes a folder out of a backup, on this or another machine. --passphrase-file gives the passphrase that opens it from now ' +
      'on. Checkpoints are looked for where the station had them written (styrk records anchor --file). Give every other that was ' +
      'kept elsewhere (by a witness, headquarters, on paper): with none nobody can tell whether newer records are lost. That it was restored is kept as an act. Nothing is written over.',
    'With --json: { "to", "kind", "station", "madeAt", "records": n, "seen": n | null, "older", "intact", "places": [ { "place", "size", "code" } ] }, or { "to", "recovered" }',
  ],
  examples: [
    'styrk restore station-7.backup --to /srv/styrk --bank-key bank.key --passphrase-file NEW.txt --checkpoint seen.txt',
    'styrk restore station-7.backup --to /srv/styrk --bank-key bank.key --passphrase-file NEW.txt --key-only',
  ],
  run: async (call): Promise<ExitStatus> => {
    const { given, machine } = call;
    const order = orderOf(call);
    const around = { clock: machine.clock, random: machineRandom };
    if (given.flag('key-only')) {
      const { provider } = order;
      if (provider === null) throw unusable('a passphrase to open it from now on', { option: '--passphrase-file' });
      await recoverKey({ ...order, provider }, around);
      call.answer(
        { to: order.to, recovered: true },
        () => `${order.to} opens by the new passphrase, and by nothing else.\n`,
      );
      return 0;
    }
    const { manifest, size, seen, isOlder, intact, places } = await restoreFolder(order, around);
    const { kind, stationId, madeAt } = manifest;
    const answer = {
      to: order.to,
      kind,
      station: stationId,
      madeAt,
      records: size,
      seen,
      older: isOlder,
      intact,
      places,
    };
    call.answer(answer, () =>
      [
        `${order.to}: ${size} records, as of ${madeAt}.`,
        ...(intact ? [] : ['Chain or log were not whole when the backup was taken: styrk records check.']),
        ...places.map(placeText),
        seen === null
          ? 'No checkpoint was given or found: whether newer records are lost, nobody can tell.'
          : isOlder
            ? `OLDER THAN A CHECKPOINT: ${seen - size} records that were there are lost. It is kept as an act who took it and why. Newer checkpoints that lie where this station has them written stay there, and nothing is written over them until somebody puts them aside (docs/backup.md).`
            : `It fits the checkpoint of ${seen} records.`,
        '',
      ].join('\n'),
    );
    return intact ? 0 : 1;
  },
};

function placeText({ place, size, code }: LookedAtPlace): string {
  const where = printable(place);
  if (code === null) return `${where}: a checkpoint of ${size} records.`;
  return `${where}: nothing that says how new it is. ${failureWords('en', code).happened} (${code})`;
}

function orderOf(call: CommandCall): RestoreOrder {
  const { given, training } = call;
  const [file = ''] = given.positionals;
  const [to, keyFile] = [given.value('to'), given.value('bank-key')];
  if (to === null) throw unusable('a folder', { option: '--to' });
  if (keyFile === null) throw unusable('the bank’s key', { option: '--bank-key' });
  const names = given.values('by');
  const provider = keyProvider(call);
  if (provider === null) throw unusable('a passphrase to open it from now on', { option: '--passphrase-file' });
  const checkpoints = given
    .values('checkpoint')
    .map((path) => new TextDecoder().decode(readInputFile(path, longestCheckpoint)));
  const bytes = readInputFile(keyFile, longestKeyFile);
  const secretKey = new SecretBytes(readBankKey(bytes, 'secret'));
  bytes.fill(0);
  return {
    file,
    to,
    secretKey,
    // A training folder brings its own key file along.
    provider: training && given.value('passphrase-file') === null && given.value('key-file') === null ? null : provider,
    checkpoints,
    olderBy: given.flag('accept-older') ? { names, reason: given.value('reason') ?? '' } : null,
    signs: names.length > 0 ? names : [operatingSystemUser()],
  };
}
