import { listSpecimens } from '../simulator/documents/list-specimens.ts';
import type { Command } from './command.ts';
import { columns } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Every made-up document that the simulator issues and plays, with what is printed on it, the person of the training ' +
      'roster who holds it, and what it must come to. Dates are told from today, so that no specimen rots.',
    'With --json: { "specimens": [ { "id", "title", "mrz": ["line", ..], "can", "holder", "expected": { "inspect": ' +
      '{ "verdict", "check", "result", "code" }, "renew-bankid": { .. } } } ] }',
  ],
  examples: ['styrk specimens', 'styrk specimens --json'],
  run: async ({ machine, answer }) => {
    const specimens = listSpecimens(machine.clock.today());
    answer({ specimens }, () => {
      const blocks = specimens.map(({ id, title, mrz, can, holder, expected }) => {
        const rows = [
          ['  comes to', `${expected.inspect.verdict} alone, ${expected['renew-bankid'].verdict} for renew-bankid`],
          ...(holder === null ? [] : [['  holder', holder]]),
          ...mrz.map((line, index) => [index === 0 ? '  MRZ' : '', line]),
          ...(can === null ? [] : [['  CAN', can]]),
        ];
        return [`${id}: ${title}`, ...columns(rows)].join('\n');
      });
      return `${blocks.join('\n\n')}\n`;
    });
    return 0;
  },
};
