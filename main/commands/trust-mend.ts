import { refuseReason } from '../keeping/answering.ts';
import type { Command } from './command.ts';
import { confirmed } from './confirmed.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { touchedText } from './touched-text.ts';
import { byAdministrators, twoAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    by: byAdministrators,
    reason: { kind: 'value', value: 'TEXT', help: 'what happened, as far as it is known' },
  },
  description: [
    'Puts right what was changed past Styrk (trust.tampered; doctor names the rows): takes out every row that the station did ' +
      'not mark, and of a table whose rows cannot be told apart all of them. What was deleted does not come back: import your ' +
      'lists again afterwards, and set limits, sources and the kind of station again where they were touched. Earlier states ' +
      'are not restored past this. Find out first how it came about.',
    'Two administrators answer for it; the act is kept, chained and signed. An ordinary data folder needs its key ' +
      '(--passphrase-file). You are asked to type yes.',
    'With --json: { "mended": [ { "table", "key", "what" } ] }. Exit status 2 (trust.nothing-to-mend) where all is whole.',
  ],
  examples: ["styrk trust mend --by 'A. Berg' --by 'C. Dahl' --reason 'a copy of the folder was edited'"],
  asFound: true,
  run: async (call) => {
    const reason = call.given.value('reason') ?? '';
    const mended = await withUnlockedKeeping(call, async ({ acts, integrity }, operators) => {
      const names = twoAdministrators(call.given, operators);
      refuseReason(reason);
      const { whole, touched } = integrity();
      if (!whole) await confirmed(call, touchedText(touched));
      return acts.mend({ names, reason });
    });
    call.answer(
      { mended },
      () =>
        'Put right. Import your lists again, let them be read a second time (styrk trust reread), and look at the settings: styrk doctor\n',
    );
    return 0;
  },
};
