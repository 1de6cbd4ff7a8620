import { enrolStation, roleOf } from '../fleet/schema/migrate.ts';
import { fromHex } from '../result/bytes.ts';
import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { databaseOptions, withDatabase } from './headquarters-options.ts';

export const command: Command = {
  positionals: 'STATION PUBLIC-KEY',
  fewest: 2,
  most: 2,
  options: databaseOptions,
  description: [
    'For headquarters: enrols a station, by its id and public key as the station shows them (styrk fleet show). It becomes a role of ' +
      'its own in the database, which sees its own rows alone and logs in with a certificate of that name. Enrolling it again changes ' +
      'nothing; another key under the same id is refused. No data folder is touched.',
    'With --json: { "station", "role", "new" }',
  ],
  examples: ["styrk fleet enrol station-0123456789abcdef 3b6a27bc... --url 'postgresql:///styrk?host=/run/postgresql'"],
  run: (call) => {
    const [station = '', key = ''] = call.given.positionals;
    roleOf(station);
    if (!/^[0-9a-f]{64}$/.test(key)) throw unusable('64 hexadecimal digits', { argument: 'PUBLIC-KEY' });
    return withDatabase<ExitStatus>(call, async (connection) => {
      const { role, isNew } = await enrolStation(connection, { id: station, publicKey: fromHex(key) });
      call.answer(
        { station, role, new: isNew },
        () => `${station}: ${isNew ? 'enrolled' : 'known already'}, role ${role}\n`,
      );
      return 0;
    });
  },
};
