import { parsePlainDate } from '../result/plain-date.ts';
import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { operatorAnswer } from './operator-text.ts';

export const command: Command = {
  positionals: 'SIGN YYYY-MM-DD',
  fewest: 2,
  most: 2,
  options: {},
  description: [
    'Says until which day an operator counts as trained: after their training, or a refresher. Past that day, and where no day was ' +
      'ever said, they go on taking cases, and a colleague decides what they would let through. Nobody says it of themselves.',
    'With --json: { "operator": { "id", "sign", "name", "role", "competentUntil", "addedAt", "removedAt" } }',
  ],
  examples: ['styrk operators train CD 2027-06-30 --operator AB'],
  asFound: true,
  run: async (call) => {
    const [sign = '', text = ''] = call.given.positionals;
    const until = parsePlainDate(text);
    if (until === null) throw unusable('no such day', { argument: 'YYYY-MM-DD' });
    const operator = await withUnlockedKeeping(call, (keeping, operators) =>
      keeping.operators.train(sign, until, { operators }),
    );
    call.answer({ operator: operatorAnswer(operator) }, () => `${printable(operator.sign)}: trained until ${until}.\n`);
    return 0;
  },
};
