import type { StationKind } from '../verification/types.ts';
import type { Answer, Command } from './command.ts';
import { withKeeping } from './folder-of-call.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Whether this station is attended: whether a member of staff sees the person whose document is read. At an attended ' +
      "station staff's comparison of faces also answers that a living person stood there; an unattended one has nobody to say " +
      'so. Where it was never set the station counts as unattended.',
    'With --json: { "kind": "attended" | "unattended" | null, "countsAs": "attended" | "unattended" }',
  ],
  examples: ['styrk station show'],
  asFound: true,
  run: async (call) => {
    const kind = await withKeeping(call, ({ station }) => station.kind());
    call.answer(stationAnswer(kind), () => stationText(kind));
    return 0;
  },
};

/** What `station show` and `station set` answer. */
export function stationAnswer(kind: StationKind | null): Answer {
  return { kind, countsAs: kind ?? 'unattended' };
}

/** The same for people. */
export function stationText(kind: StationKind | null): string {
  return kind === null ? 'Not set: counts as unattended.\n' : `This station is ${kind}.\n`;
}
