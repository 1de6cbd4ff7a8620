import type { RecordSummary } from '../house/house.ts';
import type { Command, ExitStatus } from './command.ts';
import { erasureText } from './erasure-text.ts';
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
      '"hash", "erased" } ] }; what a broken seal hides is null, and so is what was erased: "erased" says when, and why.',
  ],
  examples: ['styrk records list --training'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house) => {
      const records = await house.records({ limit: Number.MAX_SAFE_INTEGER, offset: 0 });
      call.answer({ records }, () => {
        if (records.length === 0) return 'No record yet.\n';
        const rows = records.map((record) => [
          `${record.number}`,
          record.endedAt,
          record.id,
          record.purpose ?? 'no purpose',
          verdictText(record),
          printable(record.holderName ?? 'no holder'),
        ]);
        return `${columns(rows).join('\n')}\n`;
      });
      return 0;
    }),
};

function verdictText({ verdict, outcome, erased }: RecordSummary): string {
  if (erased !== null) return erasureText(erased);
  return verdict === null ? 'the seal does not open' : `${verdict}, ${outcome}`;
}
