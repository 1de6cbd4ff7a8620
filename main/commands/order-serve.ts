import type { WaysNow } from '../answer/ways/open-ways.ts';
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
      'the same by itself. Of two instances on one folder the first is the one that browsers reach, and the other once that one has ' +
      'ended. A system that is let in, changed or taken back meanwhile is noticed.',
    'An ordinary data folder needs its key (--passphrase-file). With --json: { "browsers": true | false, "folders": [..], "services": [ID, ..] }, as they are at once; ' +
      'what changes later is told on standard error.',
  ],
  examples: ['styrk order serve --passphrase-file KEY.txt'],
  asFound: true,
  run: (call) =>
    withAnswers(call, async (answers): Promise<ExitStatus> => {
      const signal = call.machine.stopSignal();
      const ways = await answers.openWays((now) => {
        for (const line of linesOf(now)) call.note(line);
      });
      const now = ways.now();
      const { channel, folders, services } = now;
      call.answer({ browsers: channel, folders, services }, () => `${linesOf(now).join('\n')}\n`);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await ways.close();
      return 0;
    }),
};

function linesOf({ channel, folders, services, failure }: WaysNow): readonly string[] {
  return [
    `Browsers: ${channel ? 'reach this process' : 'no (no known system has them among its ways, or another instance does it)'}`,
    ...folders.map((folder) => `Folder: ${printable(folder)}`),
    ...services.map((id) => `Server: ${printable(id)}`),
    ...(failure === null ? [] : [`Not looked at: ${failure}`]),
  ];
}
