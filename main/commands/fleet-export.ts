import type { Command, ExitStatus } from './command.ts';
import { partsText } from './fleet-parts-text.ts';
import { withHouse } from './folder-of-call.ts';
import { writeNewFiles } from './output-file.ts';

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'Writes what headquarters has not confirmed yet as one file, sealed for headquarters and signed by this station, for a site without a ' +
      'line: headquarters takes it with styrk fleet import and gives a receipt back. Without a receipt the next file holds the same again. ' +
      'An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "file", "rows": { "records", "checkpoints", "answers", "erasures" }, "more" }',
  ],
  examples: ['styrk fleet export /media/stick/station-7.delivery --passphrase-file KEY.txt'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ fleet }) => {
      const [file = ''] = call.given.positionals;
      const { bytes, rows, more } = await fleet.exportDelivery();
      writeNewFiles([[file, bytes]]);
      call.answer({ file, rows, more }, () => {
        const rest = more ? ' More waits: export again when the receipt is here.' : '';
        return `${partsText(rows)}.${rest}\n`;
      });
      return 0;
    }),
};
