import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { byAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: { by: byAdministrators },
  description: [
    'Takes headquarters back: nothing is delivered from then on, and what waits stays here. One administrator is enough. The act is kept, ' +
      'chained and signed. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "unset": true }',
  ],
  examples: ["styrk fleet unset --by 'A. Berg'"],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ fleet }, operators) => {
      const names = [...operators.map(({ sign }) => sign), ...call.given.values('by')];
      if (names.length === 0) throw unusable('who answers for it?', { option: '--by' });
      fleet.unset(names);
      call.answer({ unset: true }, () => 'Nothing is delivered any more.\n');
      return 0;
    }),
};
