import { clearParcels } from '../fleet/clear-parcels.ts';
import { eraseDelivered, erasingLimits } from '../fleet/erase-delivered.ts';
import { parcelsSchema, refuseOtherSchema } from '../fleet/schema/migrate.ts';
import type { Command, ExitStatus } from './command.ts';
import { databaseOptions, withDatabase } from './headquarters-options.ts';
import { counted } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: databaseOptions,
  description: [
    'For headquarters: erases the copies of records, and of answers, that stations have erased because their time was over ' +
      '(docs/retention.md). Each notice is proved by its station first; place, hashes and signature stay. The tables concerned are then written anew (VACUUM FULL): as much room again as they take, and deliveries wait meanwhile or come again. To be run every day by the ' +
      "system's timer. Backups and standbys of the server, and its write-ahead log, are for whoever keeps them. No data folder is touched.",
    'Rows of parcels between stations that are old go too: what is known of one that was taken after 60 days, cases that nobody fetched ' +
      'after 8.',
    'Exit status 1: there were notices that their station did not sign; nothing was erased for them.',
    'With --json: { "records", "answers", "parcels", "unproved": [{ "station", "number" }] }',
  ],
  examples: ["styrk fleet erase --url 'postgresql:///styrk?host=/run/postgresql'"],
  run: (call) =>
    withDatabase<ExitStatus>(
      call,
      async (connection) => {
        await refuseOtherSchema(connection, parcelsSchema);
        const { records, answers, unproved } = await eraseDelivered(connection);
        const parcels = await clearParcels(connection);
        call.answer({ records, answers, parcels, unproved }, () => {
          const refused = unproved.map(({ station, number }) => `${station}: notice ${number} is not proved\n`);
          return `Erased: ${counted(records, 'record')}, ${counted(answers, 'answer')}, ${counted(parcels, 'old parcel')}.\n${refused.join('')}`;
        });
        return unproved.length === 0 ? 0 : 1;
      },
      erasingLimits,
    ),
};
