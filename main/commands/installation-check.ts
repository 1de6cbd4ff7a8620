import { checkUpdate, type ProvenPackages } from '../keeping/app-update/check-update.ts';
import type { Command } from './command.ts';
import { columns } from './layout.ts';

export const command: Command = {
  positionals: 'LIST PACKAGE...',
  fewest: 2,
  most: 33,
  options: {
    key: { kind: 'values', value: 'KEY', help: 'a key that the bank signs updates by (NAME+ID+KEY)' },
  },
  description: [
    'Proves packages of Styrk before they are installed, from files alone: that one of the keys signed LIST, that its version is ' +
      'not older than this one, and that each PACKAGE is, byte by byte, one that LIST names. Nothing of them is unpacked or run, ' +
      'nothing is fetched and nothing is changed. An installed app does the same by the keys that it was packed with: ' +
      'styrk --check-update LIST PACKAGE... (docs/installation.md).',
    'Exit status: 0 proved, 2 refused or unusable, 3 no key. With --json: { "version", "edition", "same", "packages": [ { "name", ' +
      '"bytes", "sha256" } ] }',
  ],
  examples: [
    "styrk installation check styrk-0.2.0.update styrk_0.2.0_amd64.deb --key 'updates.bank.example+1a2b3c4d+AX..'",
  ],
  run: async ({ given, machine: { version }, answer }) => {
    const [list = '', ...packages] = given.positionals;
    // A checkout is of neither edition.
    const proven = await checkUpdate(list, packages, { version, edition: null, keys: given.values('key') });
    answer({ ...proven }, () => textOf(proven, version));
    return 0;
  },
};

function textOf({ version, edition, same, packages }: ProvenPackages, here: string): string {
  return `${columns([
    ['Proved:', `version ${version}, ${edition} edition${same ? ', the same as here' : `, newer than ${here}`}`],
    ...packages.map(({ name, sha256 }) => ['Package:', `${name}  ${sha256}`]),
  ]).join('\n')}\n`;
}
