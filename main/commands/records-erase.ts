import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { recordsCount, signsOf } from './records-meant.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    due: { kind: 'flag', value: '', help: 'those whose time is over: nothing else can be erased' },
  },
  description: [
    'Erases the records whose time is over: their own keys and contents are overwritten, here and in every copy of the folder’s ' +
      'own. That they were there stays in the chain, with the day and the rule. The app does the same by itself. Files that were ' +
      'exported and backups are not reached. Exit status 1 where another process still reads the log beside the database, in which ' +
      'older pages lie: call it again.',
    'With --json: { "erased": [n], "left": n, "cleaned" }',
  ],
  examples: ['styrk records erase --due'],
  asFound: true,
  run: (call) =>
    withUnlockedKeeping<ExitStatus>(call, async ({ retention }, operators) => {
      if (!call.given.flag('due')) throw unusable('only what is due is erased', { option: '--due' });
      const { erased, left, cleaned } = await retention.eraseDue({
        signs: signsOf(operators),
        most: Number.MAX_SAFE_INTEGER,
      });
      call.answer({ erased, left, cleaned }, () => {
        const log = cleaned ? '' : 'Another process still reads older pages of the log: call this again.\n';
        return `${recordsCount(erased.length)} erased.\n${log}`;
      });
      return cleaned ? 0 : 1;
    }),
};
