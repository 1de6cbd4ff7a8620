import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { operatorText, standingAnswer } from './operator-text.ts';

export const command: Command = {
  positionals: 'SIGN',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'One operator: until when they count as trained, and how many cases they decided in the last 183 days, by the records. Whoever ' +
      'does something seldom loses the skill: after the day of operators train, and with fewer than five cases in that time (unless ' +
      'they were added or trained in it), a colleague decides what they would let through.',
    'With --json: { "operator": as in operators list, "cases" }',
  ],
  examples: ['styrk operators show CD --operator AB'],
  asFound: true,
  run: async (call) => {
    const [sign = ''] = call.given.positionals;
    const { operator, cases } = await withUnlockedKeeping(call, ({ operators }) => operators.show(sign));
    call.answer(
      { operator: standingAnswer(operator), cases },
      () => `${operatorText(operator)}\nCases decided in the last 183 days: ${cases}\n`,
    );
    return 0;
  },
};
