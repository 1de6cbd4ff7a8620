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
    'Takes an operator out: they cannot sign in any more, and nobody gets their sign. The records that name them stay as they are. ' +
      'From two administrators on, both sign in for this; the last administrator stays. The act is kept, chained and signed.',
    'With --json: { "operator": { "id", "sign", "name", "role", "competentUntil", "addedAt", "removedAt" } }',
  ],
  examples: ['styrk operators remove CD --operator AB --operator EF'],
  asFound: true,
  run: async (call) => {
    const [sign = ''] = call.given.positionals;
    const operator = await withUnlockedKeeping(call, (keeping, operators) =>
      keeping.operators.remove(sign, { operators }),
    );
    call.answer({ operator: operatorAnswer(operator) }, () => `${printable(operator.sign)} is taken out.\n`);
    return 0;
  },
};
