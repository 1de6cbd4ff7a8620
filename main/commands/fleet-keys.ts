import { join } from 'node:path';
import { newHeadquartersKeys } from '../fleet/headquarters-keys.ts';
import { machineRandom } from '../machine/random.ts';
import type { Command } from './command.ts';
import { columns } from './layout.ts';
import { writeNewFiles } from './output-file.ts';

export const command: Command = {
  positionals: 'DIR',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'For headquarters: makes its two pairs of keys as files in DIR, which must be there. Whoever has sealing.key reads all records of all ' +
      'stations; whoever has issuing.key sends them what they take. Both belong on a machine that is no database server, and in a safe. ' +
      'The stations get the .pub files (styrk fleet set).',
    'With --json: { "files": [PATH, ..] }',
  ],
  examples: ['styrk fleet keys /media/safe'],
  run: async (call) => {
    const [directory = ''] = call.given.positionals;
    const made = newHeadquartersKeys(machineRandom).map((file) => ({ ...file, path: join(directory, file.name) }));
    writeNewFiles(made.map(({ path, bytes, half }) => [path, bytes, half === 'secret' ? 0o600 : 0o644]));
    call.answer({ files: made.map(({ path }) => path) }, () => {
      const rows = made.map(({ path, half }) => [
        path,
        half === 'secret' ? 'secret: keep it' : 'public: for the stations',
      ]);
      return `${columns(rows).join('\n')}\n`;
    });
    return 0;
  },
};
