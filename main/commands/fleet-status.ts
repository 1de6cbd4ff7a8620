import type { DeliveryReport } from '../store/deliveries.ts';
import type { Command, ExitStatus } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'How far the delivery to headquarters is, what was taken from there, how the last tries ended, and how many referred cases, or ends of ' +
      'such, are on their way to other stations. Nobody is asked; no key is needed.',
    'With --json: { "delivery": { "parts": [{ "part", "newest", "delivered", "deliveredAt" }], "waitingSince", "last": { "triedAt", "code", "failingSince", "wentBack", "wentBackAt" } | null, "pulled": [{ "kind", "number", "digest", "issuedAt", "takenAt" }], "lastPull": { "triedAt", "code", "failingSince", "refused": [{ "kind", "number", "code", "since" }] } | null, "parcels": { "waiting", "onTheWay", "since", "refused": [{ "way": "in" | "out", "station", "kind", "code", "since" }], "last": { "triedAt", "code", "failingSince" } | null } } | null }',
  ],
  examples: ['styrk fleet status', 'styrk fleet status --json'],
  asFound: true,
  run: (call) =>
    withKeeping<ExitStatus>(call, (keeping) => {
      const delivery = keeping.deliveries();
      call.answer({ delivery }, () =>
        delivery === null
          ? 'No headquarters is set: styrk fleet set.\n'
          : `${columns(deliveryRows(delivery)).join('\n')}\n`,
      );
      return 0;
    }),
};

/** A delivery in words. */
function deliveryRows({ parts, waitingSince, last, pulled, lastPull, parcels }: DeliveryReport): string[][] {
  return [
    ...parts.map(({ part, newest, delivered, deliveredAt }) => [
      part,
      `${delivered} of ${newest} delivered`,
      deliveredAt === null ? '' : `last ${deliveredAt}`,
    ]),
    ['waiting since', waitingSince ?? 'nothing waits'],
    ['last try', last === null ? 'none yet' : `${last.triedAt}: ${last.code ?? 'done'}`],
    ...(last?.failingSince == null ? [] : [['failing since', last.failingSince]]),
    ...pulled.map(({ kind, number, issuedAt, takenAt }) => [
      kind,
      `number ${number} of ${issuedAt}`,
      `taken ${takenAt}`,
    ]),
    ...(lastPull?.refused ?? []).map(({ kind, number, code, since }) => [
      kind,
      `number ${number} not taken`,
      `${code}, since ${since}`,
    ]),
    ['last fetched', lastPull === null ? 'not tried yet' : `${lastPull.triedAt}: ${lastPull.code ?? 'done'}`],
    ...(lastPull?.failingSince == null ? [] : [['fetching fails since', lastPull.failingSince]]),
    ...(last?.wentBack == null
      ? []
      : [['headquarters went back', `${last.wentBack} were delivered again, seen ${last.wentBackAt}`]]),
    ...(parcels.last === null ? [] : parcelRows(parcels)),
  ];
}

/** Referred cases, and their ends, between stations in words. */
function parcelRows({ waiting, onTheWay, since, refused, last }: DeliveryReport['parcels']): string[][] {
  return [
    ['to other stations', `${onTheWay} on the way, ${waiting} to be sent`, since === null ? '' : `since ${since}`],
    ...refused.map(({ way, station, kind, code, since: from }) => [
      kind,
      `${way === 'in' ? 'from' : 'to'} ${station} not taken`,
      `${code}, since ${from}`,
    ]),
    ['last exchanged', last === null ? 'not tried yet' : `${last.triedAt}: ${last.code ?? 'done'}`],
    ...(last?.failingSince == null ? [] : [['exchanging fails since', last.failingSince]]),
  ];
}
