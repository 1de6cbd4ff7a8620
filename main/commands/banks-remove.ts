import { unusable } from './arguments.ts';
import { withAnswers } from './banks-list.ts';
import type { Command } from './command.ts';
import { printable } from './layout.ts';
import { byAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: 'ID',
  fewest: 1,
  most: 1,
  options: { by: byAdministrators },
  description: [
    'Takes a system of the bank back: from then on its orders are refused, and what waits is answered no more. One administrator ' +
      'is enough (--by), since it opens nothing. The act is kept, chained and signed.',
    'With --json: { "removed": ID }',
  ],
  examples: ["styrk banks remove https://bank.example/branch --by 'A. Berg'"],
  asFound: true,
  run: (call) => {
    const [id = ''] = call.given.positionals;
    return withAnswers(call, (answers, operators) => {
      const names = [...operators.map(({ sign }) => sign), ...call.given.values('by')];
      if (names.length === 0) throw unusable('who answers for it?', { option: '--by' });
      answers.removeBank(id, names);
      call.answer({ removed: id }, () => `${printable(id)}: taken back\n`);
      return 0;
    });
  },
};
