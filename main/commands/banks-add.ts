import { readInputFile } from '../machine/input-file.ts';
import { faultText } from './bank-server-text.ts';
import { withAnswers } from './banks-list.ts';
import type { Command, ExitStatus } from './command.ts';
import { confirmed } from './confirmed.ts';
import { printable } from './layout.ts';
import { byAdministrators, twoAdministrators } from './two-administrators.ts';

const largestFile = 64 * 1024;

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {
    by: byAdministrators,
    audience: {
      kind: 'values',
      value: 'NAME',
      help: 'a name of "audiences" that this station alone bears; once for each',
    },
  },
  description: [
    'Lets a system of the bank send signed orders, and be answered (docs/integration.md). FILE is JSON: "id" (iss of its orders), ' +
      '"name", "keys" (public JWKs with kid; Ed25519 or P-256), "audiences", "ways" (native-messaging, link, folder, qr, https), ' +
      '"origins" (chrome-extension://ID, https://HOST), "folder", "address", "algorithm" (EdDSA, ES256), "attachments" (tr-03135), "answerMinutes" (5 to 10080), "trustFramework". ' +
      'What is known under that id already is replaced.',
    'Whoever adds one may have customers confirm what they like: two administrators answer for it, and you are asked to type ' +
      'yes. The act is kept, chained and signed. An ordinary data folder needs its key (--passphrase-file).',
    'Orders name this station by its id (banks list). Where the file has other names in "audiences", say with --audience that no ' +
      'other station bears them: each station that does takes the same order, and what one has confirmed the others do not know.',
    'Where the drop folder is not there, or has no folder "orders", you are told (bank.folder-unusable); the system is let in all the same.',
    'With --json: { "bank": { .. }, "folder": null, or what is wrong with the drop folder now: { "code", "detail" } }',
  ],
  examples: ["styrk banks add bank.json --by 'A. Berg' --by 'C. Dahl'"],
  run: (call) => {
    const [path = ''] = call.given.positionals;
    const file = readInputFile(path, largestFile);
    return withAnswers(call, async (answers, operators): Promise<ExitStatus> => {
      const names = twoAdministrators(call.given, operators);
      const word = { audiences: call.given.values('audience') };
      const { id, name, keys, ways, audiences, folder } = answers.readBank(file, word);
      // Told before anybody says yes, and not refused: a share may not be there now.
      const fault = folder !== null && ways.includes('folder') ? await answers.folderFault(folder) : null;
      const unusable = fault === null ? null : ({ code: 'bank.folder-unusable', detail: fault } as const);
      if (unusable !== null) call.note(`Folder: ${printable(folder ?? '')}. ${faultText(unusable.code, fault)}`);
      const named = audiences.map((audience) => printable(audience)).join(', ');
      await confirmed(
        call,
        `${printable(name)} (${printable(id)}) may have customers confirm orders that ${keys.map(({ kid }) => printable(kid)).join(', ')} ` +
          `signed, by ${ways.join(', ')}.${named === '' ? '' : ` This station alone bears the name ${named}.`}`,
      );
      const bank = answers.addBank(file, names, word);
      call.answer({ bank, folder: unusable }, () => `${printable(bank.name)} (${printable(bank.id)}): known\n`);
      return 0;
    });
  },
};
