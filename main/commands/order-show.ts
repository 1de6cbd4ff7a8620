import { failureWords } from '../../resources/failures/failures.ts';
import { readInputFile } from '../machine/input-file.ts';
import { toHex } from '../result/bytes.ts';
import { orderHash, parseOrder } from '../verification/order.ts';
import { isCompactJws } from '../verification/order-case.ts';
import { orderHindrances } from '../verification/order-standing.ts';
import { withAnswers } from './banks-list.ts';
import type { Command, CommandCall, ExitStatus } from './command.ts';
import { columns } from './layout.ts';
import { orderRows } from './order-rows.ts';

const largestFile = 64 * 1024;

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'An order in words: who asks, what, how much, until when; its hash, which a chip with active authentication signs and ' +
      'which the record keeps; and why it could not be confirmed now. FILE is its JSON, or an order that a system of the bank signed: ' +
      'then the folder is needed that knows the system (--data, and its key), and what is not proved is not shown. Whether it was confirmed already and ' +
      'whether it is meant for a station shows when a case begins.',
    'With --json: { "order": { .. }, "hash": SHA-256 over its canonical JSON, "hindrances": [code, ..] }. Exit status: 0 it ' +
      'can be confirmed now, 1 it cannot, 2 it is no order (order.malformed, order.characters, order.too-large).',
  ],
  examples: ['styrk order show order.json'],
  run: async (call) => {
    const [path = ''] = call.given.positionals;
    const bytes = readInputFile(path, largestFile);
    const text = new TextDecoder().decode(bytes).trim();
    if (isCompactJws(text)) return showSigned(call, text);
    const order = parseOrder(bytes);
    const hash = toHex(orderHash(order));
    const { clock } = call.machine;
    const moment = { now: clock.now(), today: clock.today(), newestKnown: null, newestAt: null, audiences: null };
    const hindrances = orderHindrances(order, moment);
    call.answer({ order, hash, hindrances }, () => {
      const against = hindrances.map((code) => ['Refused:', `${failureWords('en', code).happened} (${code})`]);
      return `${columns([...orderRows(order), ['Hash:', hash], ...against]).join('\n')}\n`;
    });
    return hindrances.length === 0 ? 0 : 1;
  },
};

// Proved, shown and not taken in: whoever looks at an order has not begun to confirm it.
function showSigned(call: CommandCall, token: string): Promise<ExitStatus> {
  return withAnswers(call, async (answers): Promise<ExitStatus> => {
    const { order, asks, kid, system } = await answers.prove(token);
    const hash = toHex(orderHash(order));
    call.answer({ order, hash, hindrances: [], signedBy: { system: system.id, name: system.name, kid }, asks }, () => {
      const signed = [
        ['Signed by:', `${system.name} (${system.id}), key ${kid}`],
        ['Asks for:', asks.length === 0 ? 'nothing about the person' : asks.join(', ')],
      ];
      return `${columns([...orderRows(order), ['Hash:', hash], ...signed]).join('\n')}\n`;
    });
    return 0;
  });
}
