import type { Attack } from './attack.ts';
import type { AttackEnd } from './attack-end.ts';
import { clockAt, passport, sweden } from './station.ts';

const refer = (stoppedBy: string): AttackEnd => ({ end: 'refer', stoppedBy });
const reject = (stoppedBy: string): AttackEnd => ({ end: 'reject', stoppedBy });

const honest = () => ({ specimen: sweden.issue(passport()) });

export const clockAttacks: readonly Attack[] = (
  [
    [
      'a clock set back',
      'sets the clock to a day before the newest record',
      refer('passive-authentication.path: clock.went-back'),
      async (station) => {
        await station.visit(honest());
        return station.attempt({ ...honest(), clock: clockAt(-30) });
      },
    ],
    [
      'a clock set back twice',
      'lets one record pass under the wrong clock, so that the next one finds nothing odd',
      refer('passive-authentication.path: clock.went-back'),
      async (station) => {
        await station.visit(honest());
        await station.attempt({ ...honest(), clock: clockAt(-30) });
        return station.attempt({ ...honest(), clock: clockAt(-29) });
      },
    ],
    [
      'a clock before the lists',
      'sets the clock before the newest list',
      refer('passive-authentication.path: clock.went-back'),
      (station) => station.attempt({ ...honest(), clock: clockAt(-5) }),
    ],
    [
      'a clock for an expired document',
      'sets the clock back to a day on which the expired document held',
      refer('passive-authentication.path: clock.went-back'),
      async (station) => {
        await station.attempt({ ...honest(), clock: clockAt(366 * 6) });
        return station.attempt(honest());
      },
    ],
    [
      'read today, decided years later',
      'leaves an open case until its document and lists have run out',
      reject('document.expiry: document.expired'),
      async (station) => {
        let years = 0;
        const clock = { today: () => clockAt(years).today(), now: () => clockAt(years).now() };
        return station.attempt({
          ...honest(),
          clock,
          meanwhile: () => {
            years = 366 * 6;
          },
        });
      },
    ],
    [
      'revoked between reading and decision',
      'hopes that a list that arrives meanwhile is not looked at',
      reject('passive-authentication.revocation: certificate.revoked'),
      async (station) =>
        station.attempt({
          ...honest(),
          meanwhile: async () => {
            await station.beside([
              'trust',
              'import',
              station.file('r.crl', sweden.revocationList({ revoked: [4711], number: 2 })),
            ]);
          },
        }),
    ],
  ] as readonly (readonly [string, string, AttackEnd, Attack['run']])[]
).map(([kind, tries, stopped, run]) => ({ kind, area: 'clocks', tries, stopped, run }));
