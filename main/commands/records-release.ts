import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { signsOf } from './records-meant.ts';

export const command: Command = {
  positionals: 'HOLD',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'Ends a hold: its records are kept no longer than their years. HOLD is the number that records hold gave. In a folder with ' +
      'operators two administrators do it. The act is kept, chained and signed.',
    'With --json: { "released": n }',
  ],
  examples: ['styrk records release 12 --operator AB --operator CD'],
  asFound: true,
  run: (call) =>
    withUnlockedKeeping<ExitStatus>(call, ({ retention }, operators) => {
      const [text = ''] = call.given.positionals;
      if (!/^[1-9]\d{0,14}$/.test(text)) throw unusable('the number of a hold', { argument: 'HOLD' });
      retention.release(Number(text), signsOf(operators));
      call.answer({ released: Number(text) }, () => `Hold ${text} has ended.\n`);
      return 0;
    }),
};
