import { readInputFile } from '../machine/input-file.ts';
import { withAnswers } from './banks-list.ts';
import type { Command, ExitStatus } from './command.ts';
import { printable } from './layout.ts';

const largestFile = 64 * 1024;

export const command: Command = {
  positionals: 'ID',
  fewest: 1,
  most: 1,
  options: {
    authority: {
      kind: 'value',
      value: 'FILE',
      help: 'the certificate authority (PEM) of its server, instead of those that are generally known',
    },
    certificate: {
      kind: 'value',
      value: 'FILE',
      help: "the station's certificate for it (PEM, or PKCS#12 with its key)",
    },
    key: { kind: 'value', value: 'FILE', help: 'the key of that certificate (PEM)' },
    'key-passphrase-file': { kind: 'value', value: 'FILE', help: 'a file whose first line opens that key' },
  },
  description: [
    'Keeps, sealed, how the server of a system is reached that its file names as "address": from then on orders are fetched from ' +
      'it and answers posted to it (docs/integration.md). Called again with files it replaces what was kept.',
    'With --json: { "connected": ID }',
  ],
  examples: [
    'styrk banks connect https://bank.example/branch --authority ca.pem --certificate station.pem --key station.key',
  ],
  asFound: true,
  run: (call) => {
    const [id = ''] = call.given.positionals;
    const bytes = (option: string): Uint8Array | null => {
      const path = call.given.value(option);
      return path === null ? null : readInputFile(path, largestFile);
    };
    const secret = bytes('key-passphrase-file');
    const files = {
      authority: bytes('authority'),
      certificate: bytes('certificate'),
      key: bytes('key'),
      passphrase: secret === null ? null : (new TextDecoder().decode(secret).split(/\r?\n/, 1)[0] ?? null),
    };
    return withAnswers(call, (answers): ExitStatus => {
      answers.connect(id, files);
      call.answer({ connected: id }, () => `${printable(id)}: its server is asked and told from now on\n`);
      return 0;
    });
  },
};
