import type { Command, ExitStatus } from './command.ts';
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
    'With --json: { "delivered": { "records", "checkpoints", "answers", "erasures" } }',
  ],
  examples: ['styrk fleet deliver --passphrase-file KEY.txt'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ fleet }) => {
      const delivered = await fleet.deliver({ signal: call.machine.stopSignal() });
      call.answer({ delivered }, () => {
        return `Delivered: ${partsText(delivered)}.\n`;
      });
      return 0;
    }),
};
