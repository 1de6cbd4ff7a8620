import { takeDeliveryFile } from '../fleet/at-headquarters.ts';
import { largestSignedFile } from '../fleet/signed-file.ts';
import { readInputFile } from '../machine/input-file.ts';
import type { Command, CommandCall, ExitStatus } from './command.ts';
import { partsText } from './fleet-parts-text.ts';
import { withHouse } from './folder-of-call.ts';
import { databaseOptions, secretIssuingKey, withDatabase } from './headquarters-options.ts';
import { counted } from './layout.ts';
import { writeNewFiles } from './output-file.ts';

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {
    ...databaseOptions,
    'issuing-key': {
      kind: 'value',
      value: 'FILE',
      help: "headquarters' secret issuing key (styrk fleet keys), with --url",
    },
    receipt: { kind: 'value', value: 'FILE', help: 'where the receipt for the station goes, with --url' },
  },
  description: [
    'At a station: takes a file of headquarters, an issue (as styrk fleet pull does) or a receipt. An ordinary data folder needs its key ' +
      '(--passphrase-file).',
    "At headquarters, with --url: takes a station's file into the database, as if it had been delivered, and writes the receipt that " +
      'goes back. A file that comes twice changes nothing. No data folder is touched.',
    'With --json: { "issue": { "kind", "number", "outcome" } } or { "arrived": { "records", "checkpoints", "answers", "erasures" } }; at headquarters ' +
      '{ "station", "added": { "records", .. }, "receipt" }',
  ],
  examples: ['styrk fleet import /media/stick/station-7.receipt --passphrase-file KEY.txt'],
  run: (call) => {
    const bytes = readInputFile(call.given.positionals[0] ?? '', largestSignedFile);
    return call.given.value('url') === null ? atStation(call, bytes) : atHeadquarters(call, bytes);
  },
};

function atStation(call: CommandCall, bytes: Uint8Array): Promise<ExitStatus> {
  return withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ fleet }) => {
    const taken = await fleet.importFile(bytes);
    call.answer(taken, () => {
      if ('issue' in taken) return `${taken.issue.kind} number ${taken.issue.number}: ${taken.issue.outcome}\n`;
      const { records, checkpoints, answers, erasures } = taken.arrived;
      const counts = [counted(records, 'record'), `checkpoint ${checkpoints}`, counted(answers, 'answer')];
      return `Headquarters has ${counts.join(', ')}, ${counted(erasures, 'erasure')} of this station.\n`;
    });
    return 0;
  });
}

async function atHeadquarters(call: CommandCall, bytes: Uint8Array): Promise<ExitStatus> {
  const receiptFile = call.given.value('receipt');
  const issuingKey = secretIssuingKey(call);
  try {
    return await withDatabase<ExitStatus>(call, async (connection) => {
      const issuing = { issuingKey, at: call.machine.clock.now() };
      const { station, added, receipt } = await takeDeliveryFile(connection, bytes, issuing);
      if (receiptFile !== null) writeNewFiles([[receiptFile, receipt]]);
      call.answer({ station, added, receipt: receiptFile }, () => {
        return `${station}: ${partsText(added)} taken.\n`;
      });
      return 0;
    });
  } finally {
    issuingKey.fill(0);
  }
}
