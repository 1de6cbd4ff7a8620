import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { operatorText, standingAnswer } from './operator-text.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Everybody who signs in to this folder, and who did before. "locked": ten wrong tries, or rows that others touched; operators ' +
      'reset lets them try afresh. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "operators": [ { "id", "sign", "name", "role", "competentUntil", "addedAt", "removedAt", "failures", "locked" } ] }',
  ],
  examples: ['styrk operators list --operator AB'],
  asFound: true,
  run: async (call) => {
    const operators = await withUnlockedKeeping(call, ({ operators }) => operators.list());
    call.answer({ operators: operators.map(standingAnswer) }, () =>
      operators.length === 0
        ? 'Nobody: this folder is used without signing in.\n'
        : `${operators.map(operatorText).join('\n')}\n`,
    );
    return 0;
  },
};
