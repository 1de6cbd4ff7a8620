import { roles } from '../result/roles.ts';
import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { operatorAnswer, roleGiven } from './operator-text.ts';

export const command: Command = {
  positionals: 'SIGN ROLE',
  fewest: 2,
  most: 2,
  options: {},
  description: [
    `Gives an operator another role: ${roles.join(', ')}. From two administrators on, both sign in for this. The last ` +
      'administrator stays one. The act is kept, chained and signed.',
    'With --json: { "operator": { "id", "sign", "name", "role", "competentUntil", "addedAt", "removedAt" } }',
  ],
  examples: ['styrk operators role CD supervisor --operator AB --operator EF'],
  asFound: true,
  run: async (call) => {
    const [sign = '', text] = call.given.positionals;
    const role = roleGiven(text);
    const operator = await withUnlockedKeeping(call, (keeping, operators) =>
      keeping.operators.setRole(sign, role, { operators }),
    );
    call.answer({ operator: operatorAnswer(operator) }, () => `${printable(operator.sign)} is ${operator.role} now.\n`);
    return 0;
  },
};
