import type { Command, ExitStatus } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { recordsCount } from './records-meant.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Which records are due to be erased today, when the next ones are, and which an authority has kept longer. Erases nothing.',
    'With --json: { "due": [n], "next": day | null, "holds": [ { "hold", "until", "records": [n], "authority", "reason" } ], ' +
      '"erased": n }',
  ],
  examples: ['styrk records due'],
  asFound: true,
  run: (call) =>
    withUnlockedKeeping<ExitStatus>(call, ({ retention }) => {
      const state = retention.state();
      call.answer({ ...state }, () => {
        const lines = [
          `Due today: ${recordsCount(state.due.length)}. Next after that: ${state.next ?? 'none'}. Erased so far: ${state.erased}.`,
          ...state.holds.map(
            ({ hold, until, records, authority, reason }) =>
              `Hold ${hold}, until ${until}, ${recordsCount(records.length)}: ${printable(authority ?? '?')}: ${printable(reason ?? '?')}`,
          ),
        ];
        return `${lines.join('\n')}\n`;
      });
      return 0;
    }),
};
