import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { anewText, operatorText, standingAnswer } from './operator-text.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Everybody who signs in to this folder, and who did before. "locked": ten wrong tries, or rows that others touched; operators ' +
      'reset lets them try afresh. "untrained": they take cases and nobody has said until when they are trained, or that day is past; ' +
      'a colleague decides what they would let through. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "operators": [ { "id", "sign", "name", "role", "competentUntil", "addedAt", "removedAt", "failures", "locked", "untrained" } ], "namedAnew": [ { "at", "names" } ] }: "namedAnew" tells each time that typed names made an administrator',
  ],
  examples: ['styrk operators list --operator AB'],
  asFound: true,
  run: async (call) => {
    const { operators, anew } = await withUnlockedKeeping(call, (keeping) => {
      return { operators: keeping.operators.list(), anew: keeping.operators.namedAnew() };
    });
    call.answer({ operators: operators.map((operator) => standingAnswer(operator)), namedAnew: anew }, () =>
      operators.length === 0
        ? 'Nobody: this folder is used without signing in.\n'
        : `${[...anew.map(anewText), ...operators.map((operator) => operatorText(operator))].join('\n')}\n`,
    );
    return 0;
  },
};
