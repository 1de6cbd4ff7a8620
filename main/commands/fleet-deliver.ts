import type { Command, ExitStatus } from './command.ts';
import { exchangedHelp, exchangeParcels } from './exchanged-parcels.ts';
import { partsText } from './fleet-parts-text.ts';
import { withHouse } from './folder-of-call.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Delivers to headquarters what waits, now: the desk does so by itself while it is open; this is for unattended stations and for who ' +
      'wants to see why it does not. May be broken off at any moment and goes on where it was. An ordinary data folder needs its key ' +
      '(--passphrase-file).',
    'Referred cases go to and come from other stations with it (styrk referrals route). Exit status 1: of those something did not.',
    `With --json: { "delivered": { "records", "checkpoints", "answers", "erasures" }, ${exchangedHelp} }`,
  ],
  examples: ['styrk fleet deliver --passphrase-file KEY.txt'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ fleet, parcels }) => {
      const signal = call.machine.stopSignal();
      const delivered = await fleet.deliver({ signal });
      const { told, text, went } = await exchangeParcels({ fleet, parcels }, signal);
      call.answer({ delivered, parcels: told }, () => `Delivered: ${partsText(delivered)}.\n${text}`);
      return went === 'not well' ? 1 : 0;
    }),
};
