import type { WitnessAnchor } from '../keeping/log/anchors.ts';
import { readInputFile } from '../machine/input-file.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall, ExitStatus } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { byAdministrators, twoAdministrators } from './two-administrators.ts';

const largestAuthority = 8 * 1024;

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    file: {
      kind: 'values',
      value: 'PATH',
      help: 'a file, or a folder of several stations, that the newest checkpoint is written to',
    },
    witness: {
      kind: 'values',
      value: 'ADDRESS KEY',
      help: 'a witness that is asked: its address (https, or http on this machine) and one or two of its keys, with spaces between',
    },
    authority: {
      kind: 'value',
      value: 'FILE',
      help: "the certificate authority (PEM) of the witnesses' servers, where it is the bank's own",
    },
    none: { kind: 'flag', value: '', help: 'checkpoints go nowhere from now on' },
    by: byAdministrators,
  },
  description: [
    'Where the checkpoint of the log goes at each record: to files, by which a folder that was put back or told another history is ' +
      'found (records check --against), and to witnesses, who cosign it. Without options it shows what is set. What is given takes ' +
      'the place of all that was set; two administrators answer for it, and the act is kept, chained and signed. No case waits for ' +
      'it; what fails is told by doctor.',
    'An ordinary data folder needs its key (--passphrase-file). With --json: { "files": [..], "witnesses": [ { "address", "keys" } ] }',
  ],
  examples: [
    "styrk records anchor --file /mnt/headquarters/checkpoints --by 'A. Berg' --by 'C. Dahl'",
    "styrk records anchor --witness 'https://witness.bank.example/ KEY' --by 'A. Berg' --by 'C. Dahl'",
  ],
  asFound: true,
  run: (call) =>
    withUnlockedKeeping<ExitStatus>(call, ({ log }, operators) => {
      const { given } = call;
      const files = given.values('file');
      const witnesses = given.values('witness').map((text) => witnessIn(text, authorityOf(call)));
      const isSet = files.length + witnesses.length > 0;
      if (given.flag('none') && isSet) throw unusable('none, or some', { option: '--none' });
      if (isSet || given.flag('none')) log.setAnchors({ files, witnesses }, twoAdministrators(given, operators));
      const anchors = log.anchors();
      const told = anchors.witnesses.map(({ address, keys }) => ({ address, keys }));
      call.answer({ files: anchors.files, witnesses: told }, () => {
        const rows = [
          ...anchors.files.map((path) => ['File:', printable(path)]),
          ...told.map(({ address, keys }) => ['Witness:', `${printable(address)} ${keys.map(printable).join(' ')}`]),
        ];
        return rows.length === 0 ? 'Checkpoints go nowhere.\n' : `${columns(rows).join('\n')}\n`;
      });
      return 0;
    }),
};

function witnessIn(text: string, authority: string | null): WitnessAnchor {
  const [address = '', ...keys] = text.trim().split(/\s+/);
  if (keys.length === 0) throw unusable('a witness is its address and its key', { option: '--witness' });
  return { address, keys, authority };
}

function authorityOf({ given }: CommandCall): string | null {
  const path = given.value('authority');
  return path === null ? null : new TextDecoder('latin1').decode(readInputFile(path, largestAuthority));
}
