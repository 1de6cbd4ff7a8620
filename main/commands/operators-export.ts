import { keyInFile } from '../fleet/headquarters.ts';
import { sealIssue } from '../fleet/sealed-issue.ts';
import { machineRandom } from '../machine/random.ts';
import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { fileGiven } from './headquarters-options.ts';
import { writeNewFiles } from './output-file.ts';
import { byAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {
    'receiving-key': {
      kind: 'value',
      value: 'FILE',
      help: "the stations' public receiving key (styrk fleet keys): they alone open it",
    },
    by: byAdministrators,
  },
  description: [
    'For headquarters: writes who may sign in to this folder, its administrators left out, for styrk fleet publish operators. A folder of ' +
      'its own is kept at headquarters for that. The file is sealed for the stations: it holds by what each secret is known again.',
    'At a station they take the place of those that headquarters sent before; its own operators stay. The act is kept, chained and ' +
      'signed. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "file", "operators" }',
  ],
  examples: ['styrk operators export tellers.sealed --receiving-key receiving.pub --operator AB --operator CD'],
  run: async (call) => {
    const [file = ''] = call.given.positionals;
    const given = fileGiven(call, 'receiving-key');
    if (given === null) throw unusable('for whom is it sealed?', { option: '--receiving-key' });
    const receivingKey = keyInFile('receiving', 'public', given);
    return withUnlockedKeeping(call, async (keeping, signed): Promise<ExitStatus> => {
      const by = signed.length > 0 ? { operators: signed } : { names: call.given.values('by') };
      const { operators, content } = keeping.operators.exportForStations(by);
      writeNewFiles([[file, sealIssue('operators', content, receivingKey, machineRandom), 0o600]]);
      call.answer({ file, operators }, () =>
        operators === 0
          ? "No operators, sealed for the stations: one that takes this knows none of headquarters' any more; its own stay.\n"
          : `${operators} operators, sealed for the stations.\n`,
      );
      return 0;
    });
  },
};
