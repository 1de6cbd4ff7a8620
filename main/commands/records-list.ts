import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'The sealed records of this station, newest first. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "records": [ { "id", "number", "endedAt", "training", "purpose", "holderName", "verdict", "outcome", ' +
      '"hash" } ] }; what a broken seal hides is null.',
  ],
  examples: ['styrk records list --training'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house) => {
      const records = await house.records({ limit: Number.MAX_SAFE_INTEGER, offset: 0 });
      call.answer({ records }, () => {
        if (records.length === 0) return 'No record yet.\n';
        const rows = records.map(({ number, endedAt, id, purpose, holderName, verdict, outcome }) => [
          `${number}`,
          endedAt,
          id,
          purpose ?? 'no purpose',
          verdict === null ? 'the seal does not open' : `${verdict}, ${outcome}`,
          printable(holderName ?? 'no holder'),
        ]);
        return `${columns(rows).join('\n')}\n`;
      });
      return 0;
    }),
};
