import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { writeNewFiles } from './output-file.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    card: { kind: 'value', value: 'FILE', help: 'writes who this station is, for another one that is to trust it' },
  },
  description: [
    'The stations that two administrators trust with referred cases, where cases go by themselves, and which wait at which. Above them this station itself with ' +
      'the fingerprint of its card: the other station compares it with what it was told by another way than the file. An ordinary data ' +
      'folder needs its key (--passphrase-file).',
    'With --json: { "own": { "station", "name", "fingerprint" }, "stations": [ { "station", "name", "fingerprint", "names", "since" } ], ' +
      '"route": { "station", "names", "since" } | null, "handed": [ { "id", "at", "to" } ] }',
  ],
  examples: ['styrk referrals stations --card kiosk-2.card --passphrase-file KEY.txt'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ travel }) => {
      const { card, fingerprint, bytes } = travel.card();
      const stations = travel.stations().map((known) => {
        const { station, name, names, since } = known;
        return { station, name, fingerprint: known.fingerprint, names: [...names], since };
      });
      const handed = travel.handed().map(({ id, at, to }) => ({ id, at, to }));
      const set = travel.route();
      const route = set === null ? null : { ...set, names: [...set.names] };
      const file = call.given.value('card');
      if (file !== null) writeNewFiles([[file, bytes]]);
      const { station, name } = card;
      call.answer({ own: { station, name, fingerprint }, stations, route, handed }, () => {
        const rows = stations.map((known) => [
          known.station,
          printable(known.name),
          inFours(known.fingerprint),
          `by ${known.names.map(printable).join(' and ')}, ${known.since}`,
        ]);
        const away = handed.map(({ id, to }) => [id, `waits at ${to}`]);
        const lines = [
          `This station: ${station} ${printable(name)}`.trimEnd(),
          `Fingerprint:  ${inFours(fingerprint)}`,
          ...(rows.length === 0 ? ['No other station is trusted with cases.'] : columns(rows)),
          ...(route === null
            ? []
            : [
                `Cases go to ${route.station} by themselves: by ${route.names.map(printable).join(' and ')}, ${route.since}`,
              ]),
          ...columns(away),
        ];
        return `${lines.join('\n')}\n`;
      });
      return 0;
    }),
};

/** In groups of four: to be compared by eye. */
export function inFours(fingerprint: string): string {
  return fingerprint.replace(/(....)(?=.)/g, '$1 ');
}
