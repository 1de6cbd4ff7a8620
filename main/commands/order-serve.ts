import type { TakenOrder } from '../answer/orders-taken.ts';
import type { WaysNow } from '../answer/ways/open-ways.ts';
import { folderText, serverText } from './bank-server-text.ts';
import { withAnswers } from './banks-list.ts';
import type { Command, ExitStatus } from './command.ts';
import { jsonLine, printable } from './layout.ts';

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
      'what changes later is told on standard error, a line each, with --json an object: those ways with "failure", or "server": { "system", "code" (null: reached), "call", ' +
      '"detail", "since" }, said whenever a server of the bank answers otherwise than before; "folder": { "path", "code" (null: as it should be), "detail", "since" } ' +
      'where a drop folder cannot be used, and where it can again; "order": { "id", "way", "system" } for each order that came, and "answer" likewise ' +
      'for each answer that was delivered.',
  ],
  examples: ['styrk order serve --passphrase-file KEY.txt'],
  asFound: true,
  run: (call) =>
    withAnswers(call, async (answers): Promise<ExitStatus> => {
      const signal = call.machine.stopSignal();
      // Of what comes later no more than a line: the one object is how it is at once.
      const note = (object: object, lines: readonly string[]): void => {
        for (const line of call.json ? [jsonLine(object).trimEnd()] : lines) call.note(line);
      };
      const ways = await answers.openWays({
        changed: (now) => note(objectOf(now), linesOf(now)),
        server: (system, state) => note({ server: { system, ...state } }, [serverText(system, state)]),
        folder: (path, state) => note({ folder: { path, ...state } }, [folderText(path, state)]),
        came: (order) => note({ order: partsOf(order) }, [`Order: ${wordsOf(order)}`]),
        delivered: (order) => note({ answer: partsOf(order) }, [`Answer delivered: ${wordsOf(order)}`]),
      });
      const now = ways.now();
      const { failure: _notYet, ...opened } = objectOf(now);
      call.answer(opened, () => `${linesOf(now).join('\n')}\n`);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await ways.close();
      return 0;
    }),
};

// Its name and its way: what the order says is for whoever has the case.
function partsOf({ order: { id }, way, system }: TakenOrder) {
  return { id, way, system: system.id };
}

function wordsOf({ order: { id }, way, system }: TakenOrder): string {
  return `${id}, by ${way}, of ${system.name ?? system.id}`;
}

function objectOf({ channel, folders, services, failure }: WaysNow) {
  return { browsers: channel, folders, services, failure };
}

function linesOf({ channel, folders, services, failure }: WaysNow): readonly string[] {
  return [
    `Browsers: ${channel ? 'reach this process' : 'no (no known system has them among its ways, or another instance does it)'}`,
    ...folders.map((folder) => `Folder: ${printable(folder)}`),
    ...services.map((id) => `Server: ${printable(id)}`),
    ...(failure === null ? [] : [`Not looked at: ${failure}`]),
  ];
}
