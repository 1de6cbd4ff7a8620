import { failureWords } from '../../resources/failures/failures.ts';
import { readInputFile } from '../machine/input-file.ts';
import { toHex } from '../result/bytes.ts';
import { orderBounds, orderHash, parseOrder } from '../verification/order.ts';
import { orderHindrances } from '../verification/order-standing.ts';
import type { Command } from './command.ts';
import { columns } from './layout.ts';
import { orderRows } from './order-rows.ts';

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'An order in words: who asks, what, how much, until when; its hash, which a chip with active authentication signs and ' +
      'which the record keeps; and why it could not be confirmed now. FILE is its JSON. Whether it was confirmed already and ' +
      'whether it is meant for a station shows when a case begins.',
    'With --json: { "order": { .. }, "hash": SHA-256 over its canonical JSON, "hindrances": [code, ..] }. Exit status: 0 it ' +
      'can be confirmed now, 1 it cannot, 2 it is no order (order.malformed, order.characters, order.too-large).',
  ],
  examples: ['styrk order show order.json'],
  run: async (call) => {
    const [path = ''] = call.given.positionals;
    const order = parseOrder(readInputFile(path, orderBounds.json));
    const hash = toHex(orderHash(order));
    const { clock } = call.machine;
    const moment = { now: clock.now(), today: clock.today(), newestKnown: null, audiences: null };
    const hindrances = orderHindrances(order, moment);
    call.answer({ order, hash, hindrances }, () => {
      const against = hindrances.map((code) => ['Refused:', `${failureWords('en', code).happened} (${code})`]);
      return `${columns([...orderRows(order), ['Hash:', hash], ...against]).join('\n')}\n`;
    });
    return hindrances.length === 0 ? 0 : 1;
  },
};
