import type { SetHeadquarters } from '../fleet/fleet.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { columns } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Who this station is to its headquarters, and which headquarters is set, by whom and when; never a key or password of the station. ' +
      'Headquarters enrols a station by its id and public key. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "station": { "id", "publicKey", "role" }, "headquarters": { .. } | null } (as styrk fleet set)',
  ],
  examples: ['styrk fleet show --passphrase-file KEY.txt'],
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ fleet }) => {
      const station = fleet.station();
      const headquarters = fleet.show();
      call.answer({ station, headquarters }, () => {
        const own = [
          ['station', station.id],
          ['public key', station.publicKey],
          ['role', station.role],
        ];
        const set =
          headquarters === null ? [['headquarters', 'none is set: styrk fleet set']] : headquartersRows(headquarters);
        return `${columns([...own, ...set]).join('\n')}\n`;
      });
      return 0;
    }),
};

/** A headquarters in words. */
export function headquartersRows(set: SetHeadquarters): string[][] {
  const {
    host,
    port,
    database,
    user,
    ownAuthority,
    identified,
    password,
    sealingKey,
    issuingKey,
    receives,
    setAt,
    setBy,
    certificate,
    authority,
  } = set;
  return [
    ['headquarters', `${host}:${port}, database ${database}, as ${user}`],
    [
      'proof',
      [
        ownAuthority ? 'own authority' : 'generally known authorities',
        identified ? 'with a certificate' : 'without a certificate',
        ...(password ? ['with a password'] : []),
      ].join(', '),
    ],
    ...(certificate === null ? [] : [['certificate', `${certificate.subject}, until ${certificate.notAfter}`]]),
    ...(authority === null ? [] : [['authority', `${authority.subject}, until ${authority.notAfter}`]]),
    ['sealed for', sealingKey],
    ['takes what is signed by', issuingKey ?? 'nobody'],
    ['opens what is sealed for stations', receives ? 'yes' : 'no'],
    ['set', `${setAt.slice(0, 10)} by ${setBy.join(', ')}`],
  ];
}
