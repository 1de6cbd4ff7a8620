import type { SetService } from '../services/station-services.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'The services on the network that this station may ask, who set them and when; never a key. An ordinary data folder needs its key ' +
      '(--passphrase-file).',
    'With --json: { "services": [{ "name", "address", "ownAuthority", "identified", "setAt", "setBy" }, ..] }',
  ],
  examples: ['styrk service show --passphrase-file KEY.txt'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ services: set }) => {
      const services = set.list();
      call.answer({ services }, () => {
        if (services.length === 0) return 'No service is set: styrk service set.\n';
        return `${columns(services.map(serviceRow)).join('\n')}\n`;
      });
      return 0;
    }),
};

/** A service in words. */
export function serviceRow({ name, address, ownAuthority, identified, setAt, setBy }: SetService): string[] {
  return [
    name,
    printable(address),
    ownAuthority ? 'own authority' : 'generally known authorities',
    identified ? 'with a certificate' : 'without a certificate',
    `set ${setAt.slice(0, 10)} by ${setBy.map(printable).join(', ')}`,
  ];
}
