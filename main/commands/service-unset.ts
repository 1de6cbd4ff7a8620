import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { serviceNamed } from './service-set.ts';
import { byAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: 'NAME',
  fewest: 1,
  most: 1,
  options: { by: byAdministrators },
  description: [
    'Takes a service back: it is not asked from then on, and what the directory answered is forgotten. One administrator is enough. The ' +
      'act is kept, chained and signed. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "unset": NAME }',
  ],
  examples: ["styrk service unset directory --by 'A. Berg'"],
  run: (call) => {
    const name = serviceNamed(call.given.positionals[0] ?? '');
    return withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ services }, operators) => {
      const names = [...operators.map(({ sign }) => sign), ...call.given.values('by')];
      if (names.length === 0) throw unusable('who answers for it?', { option: '--by' });
      services.unset(name, names);
      call.answer({ unset: name }, () => `${name}: not asked any more\n`);
      return 0;
    });
  },
};
