import type { StationKind } from '../verification/types.ts';
import type { Answer, Command } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { printable } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Whether this station is attended: whether a member of staff sees the person whose document is read. At an attended ' +
      "station staff's comparison of faces also answers that a living person stood there; an unattended one has nobody to say " +
      'so. Where it was never set the station counts as unattended. Beside it the key that the checkpoints and receipts of its ' +
      'log are checked with (records prove).',
    'With --json: { "kind": "attended" | "unattended" | null, "countsAs": "attended" | "unattended", "name": TEXT | null, "logKey", "logKeys": [that one, then those by ML-DSA-44, the newest first], "managed": [names of settings] }',
  ],
  examples: ['styrk station show'],
  asFound: true,
  run: async (call) => {
    const { kind, name, logKeys, managed } = await withKeeping(call, ({ station, managed: { names } }) => ({
      kind: station.kind(),
      name: station.name(),
      logKeys: station.logKeys(),
      managed: names,
    }));
    call.answer(
      { ...stationAnswer(kind, name), logKey: logKeys[0] ?? null, logKeys, managed },
      () => `${stationText(kind, name)}${logKeyText(logKeys)}${managedText(managed)}`,
    );
    return 0;
  },
};

/** What `station show` and `station set` answer. */
export function stationAnswer(kind: StationKind | null, name: string | null): Answer {
  return { kind, countsAs: kind ?? 'unattended', name };
}

/** The same for people. */
export function stationText(kind: StationKind | null, name: string | null): string {
  const is = kind === null ? 'Not set: counts as unattended.\n' : `This station is ${kind}.\n`;
  return name === null ? is : `${is}It is called ${printable(name)}.\n`;
}

function logKeyText([own, ...beside]: readonly string[]): string {
  if (own === undefined) return 'Its log has no key before the folder is first unlocked.\n';
  return `Key of its log: ${own}\n${beside.map((key) => `By ML-DSA-44: ${key}\n`).join('')}`;
}

function managedText(names: readonly string[]): string {
  return names.length === 0
    ? ''
    : `Set by administrators of many stations, and not to be changed here: ${names.join(', ')}\n`;
}
