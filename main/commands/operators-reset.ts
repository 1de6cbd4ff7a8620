import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { operatorAnswer } from './operator-text.ts';

export const command: Command = {
  positionals: 'SIGN',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'Lets an operator who was locked after wrong tries sign in again, with the secret they have. Ask them first whether the tries ' +
      'were theirs. A supervisor or an administrator does it, nobody for themselves. The act is kept, chained and signed.',
    'With --json: { "operator": { "id", "sign", "name", "role", "competentUntil", "addedAt", "removedAt" } }',
  ],
  examples: ['styrk operators reset CD --operator AB'],
  asFound: true,
  run: async (call) => {
    const [sign = ''] = call.given.positionals;
    const operator = await withUnlockedKeeping(call, (keeping, operators) =>
      keeping.operators.reset(sign, { operators }),
    );
    call.answer({ operator: operatorAnswer(operator) }, () => `${printable(operator.sign)} may try again.\n`);
    return 0;
  },
};
