import { keyInFile } from '../fleet/headquarters.ts';
import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { confirmed } from './confirmed.ts';
import { headquartersRows } from './fleet-show.ts';
import { withHouse } from './folder-of-call.ts';
import { databaseFileOptions, databaseFiles, fileGiven } from './headquarters-options.ts';
import { columns, printable } from './layout.ts';
import { byAdministrators, twoAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: 'ADDRESS',
  fewest: 1,
  most: 1,
  options: {
    ...databaseFileOptions,
    'sealing-key': {
      kind: 'value',
      value: 'FILE',
      help: "headquarters' public sealing key (styrk fleet keys): what is delivered, its owner alone reads",
    },
    'issuing-key': {
      kind: 'value',
      value: 'FILE',
      help: "headquarters' public issuing key; without it nothing is taken from there",
    },
    'receiving-key': {
      kind: 'value',
      value: 'FILE',
      help: "the stations' secret receiving key: opens rosters, blocked documents and operators that headquarters sends",
    },
    by: byAdministrators,
  },
  description: [
    'Names the PostgreSQL database of headquarters, to which this station delivers its records, checkpoints and answers (docs/fleet.md). ' +
      'ADDRESS is postgresql://HOST[:PORT]/DATABASE without a password; the station connects over TLS as the role that headquarters ' +
      'enrolled. Certificate, key and password are kept sealed; each file is tried now.',
    'Every record goes there: two administrators stand for it, and you are asked to type yes. The act is kept, chained and signed. An ' +
      'ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "headquarters": { "host", "port", "database", "user", "ownAuthority", "identified", "password", "certificate": { "subject", "fingerprint", "notAfter" } | null, "authority", "sealingKey", "issuingKey", "receives", "setAt", "setBy" } }',
  ],
  examples: ['styrk fleet set postgresql://hq.bank.example/styrk --certificate me.p12 --sealing-key sealing.pub ...'],
  run: (call) => {
    const [address = ''] = call.given.positionals;
    const files = databaseFiles(call);
    const sealing = fileGiven(call, 'sealing-key');
    if (sealing === null) throw unusable('for whom is it sealed?', { option: '--sealing-key' });
    const sealingKey = keyInFile('sealing', 'public', sealing);
    const issuing = fileGiven(call, 'issuing-key');
    const issuingKey = issuing === null ? null : keyInFile('issuing', 'public', issuing);
    const receiving = fileGiven(call, 'receiving-key');
    const receivingKey = receiving === null ? null : keyInFile('receiving', 'secret', receiving);
    return withHouse(call, { key: 'needed', readers: 'machine' }, async ({ fleet }, operators): Promise<ExitStatus> => {
      const names = twoAdministrators(call.given, operators);
      await confirmed(call, `All records of this station will be delivered to ${printable(address)}.`);
      const headquarters = fleet.set({ address, files, sealingKey, issuingKey, receivingKey }, names);
      call.answer({ headquarters }, () => `${columns(headquartersRows(headquarters)).join('\n')}\n`);
      return 0;
    });
  },
};
