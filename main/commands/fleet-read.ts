import { keyInFile } from '../fleet/headquarters.ts';
import { readDelivered } from '../fleet/read-delivered.ts';
import { roleOf } from '../fleet/schema/migrate.ts';
import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { databaseOptions, fileGiven, withDatabase } from './headquarters-options.ts';

export const command: Command = {
  positionals: 'STATION NUMBER',
  fewest: 2,
  most: 2,
  options: {
    ...databaseOptions,
    'sealing-key': { kind: 'value', value: 'FILE', help: "headquarters' secret sealing key (styrk fleet keys)" },
  },
  description: [
    'For headquarters: proves a record that a station delivered, and opens it with the secret sealing key. The database is only read; no ' +
      'data folder is touched.',
    'With --json: { "station", "number", "hash", "record": { .. } }',
  ],
  examples: ["styrk fleet read station-0123456789abcdef 7 --sealing-key sealing.key --url 'postgresql://hq/styrk'"],
  run: (call) => {
    const [station = '', numberText = ''] = call.given.positionals;
    roleOf(station);
    const number = /^\d{1,15}$/.test(numberText) ? Number(numberText) : 0;
    if (number < 1) throw unusable('a number from 1', { argument: 'NUMBER' });
    const file = fileGiven(call, 'sealing-key');
    if (file === null) throw unusable('which key?', { option: '--sealing-key' });
    const secretKey = keyInFile('sealing', 'secret', file);
    return withDatabase<ExitStatus>(call, async (connection) => {
      try {
        const { hash, content } = await readDelivered(connection, { station, number }, secretKey);
        call.answer({ station, number, hash, record: content }, () => `${JSON.stringify(content, null, 2)}\n`);
        return 0;
      } finally {
        secretKey.fill(0);
      }
    });
  },
};
