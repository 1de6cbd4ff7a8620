import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { operatorAnswer } from './operator-text.ts';
import { secretOf } from './sign-in.ts';

export const command: Command = {
  positionals: 'SIGN',
  fewest: 1,
  most: 1,
  options: {
    'secret-file': {
      kind: 'value',
      value: 'FILE',
      help: 'a file whose first line is the new secret; else it is asked for',
    },
  },
  description: [
    'A new secret of at least 12 characters. Everybody changes their own, signed in with the old one; that of somebody who has ' +
      'forgotten it is set by two administrators, or by the only one. The act is kept, chained and signed.',
    'With --json: { "operator": { "id", "sign", "name", "role", "competentUntil", "addedAt", "removedAt" } }',
  ],
  examples: ['styrk operators secret CD --operator CD', 'styrk operators secret CD --operator AB --operator EF'],
  asFound: true,
  run: async (call) => {
    const [sign = ''] = call.given.positionals;
    const operator = await withUnlockedKeeping(call, async (keeping, operators) => {
      const secret = await secretOf(call, call.given.value('secret-file'), `A new secret for ${printable(sign)}`);
      return keeping.operators.setSecret(sign, secret, { operators });
    });
    call.answer({ operator: operatorAnswer(operator) }, () => `${printable(operator.sign)} has a new secret.\n`);
    return 0;
  },
};
