import { withAnswers } from './banks-list.ts';
import type { Command, ExitStatus } from './command.ts';
import { printable } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    "Opens the ways that the bank's systems use (banks list): browsers reach this process by order host, drop folders are looked " +
      'into. It takes orders in and gives answers out until it is ended; cases are the desk’s, or verify --order. The window does ' +
      'the same by itself. Of two instances on one folder the first is the one that browsers reach.',
    'An ordinary data folder needs its key (--passphrase-file). With --json: { "browsers": true | false, "folders": [..], "services": [ID, ..] }, at once.',
  ],
  examples: ['styrk order serve --passphrase-file KEY.txt'],
  asFound: true,
  run: (call) =>
    withAnswers(call, async (answers): Promise<ExitStatus> => {
      const signal = call.machine.stopSignal();
      const ways = await answers.openWays();
      const { channel, folders, services } = ways;
      call.answer({ browsers: channel, folders, services }, () => {
        const looked = folders.map((folder) => `Folder: ${printable(folder)}\n`).join('');
        const asked = services.map((id) => `Server: ${printable(id)}\n`).join('');
        return `Browsers: ${channel ? 'reach this process' : 'no'}\n${looked}${asked}`;
      });
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await ways.close();
      return 0;
    }),
};
