import { openInputFile } from '../machine/input-file.ts';
import type { Command } from './command.ts';
import { withKeeping } from './folder-of-call.ts';

const largestList = 16 * 1024 * 1024;

export const command: Command = {
  positionals: '[LIST..]',
  fewest: 0,
  most: 20,
  options: {},
  description: [
    'Reads the certificates and revocation lists of the trust store with a second reader, written by others, as far as it has ' +
      'not read them yet: what both read otherwise is relied on no longer (trust list, trust why). The station does it by ' +
      'itself after it has taken lists; this is for lists that were imported here. LIST is a master list that the store ' +
      'holds: the list itself is compared too.',
    'With --json: { "agree", "differ", "unread", "waiting" }, numbers of certificates and revocation lists. Exit status 1 where ' +
      'some differ.',
  ],
  examples: ['styrk trust reread', 'styrk trust reread DE_ML.ml'],
  asFound: true,
  run: async (call) => {
    const masterLists = call.given.positionals.map((path) => openInputFile(path).whole(largestList));
    const signal = call.machine.stopSignal();
    const counts = await withKeeping(call, ({ readTwice }) => readTwice({ signal, masterLists }));
    call.answer({ ...counts }, () => `${countsText(counts)}\n`);
    return counts.differ === 0 ? 0 : 1;
  },
};

/** How the second readings came out, in words. */
export function countsText({
  agree,
  differ,
  unread,
  waiting,
}: Readonly<Record<'agree' | 'differ' | 'unread' | 'waiting', number>>): string {
  return `Read by a second reader: ${agree} alike, ${differ} otherwise, ${unread} not readable for it, ${waiting} not yet`;
}
