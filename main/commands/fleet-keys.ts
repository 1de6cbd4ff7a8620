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
    'For headquarters: makes its keys as files in DIR, which must be there. Whoever has sealing.key reads all records of all stations; ' +
      'whoever has issuing.key sends them what they take. Both belong on a machine that is no database server, and in a safe. Stations ' +
      'get sealing.pub, issuing.pub and receiving.key, which opens what is sent to them (styrk fleet set).',
    'With --json: { "files": [PATH, ..] }',
  ],
  examples: ['styrk fleet keys /media/safe'],
  run: async (call) => {
    const [directory = ''] = call.given.positionals;
    const made = newHeadquartersKeys(machineRandom).map((file) => ({ ...file, path: join(directory, file.name) }));
    writeNewFiles(made.map(({ path, bytes, half }) => [path, bytes, half === 'secret' ? 0o600 : 0o644]));
    call.answer({ files: made.map(({ path }) => path) }, () => {
      const rows = made.map(({ path, half }) => [path, wordsFor(path, half)]);
      return `${columns(rows).join('\n')}\n`;
    });
    return 0;
  },
};

function wordsFor(path: string, half: 'public' | 'secret'): string {
  const receiving = path.includes('receiving.');
  if (half === 'secret') return receiving ? 'secret: for the stations alone' : 'secret: keep it';
  return receiving ? 'public: for who publishes' : 'public: for the stations';
}
