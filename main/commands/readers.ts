import { textsIn } from '../../resources/texts/texts.ts';
import { openReaderPort } from '../reader/choose-port.ts';
import { type KnownReader, knownOf } from '../reader/reader-table.ts';
import type { Command } from './command.ts';
import { readerBinding } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { watchedReaders } from './reader-choice.ts';

const text = textsIn('en');

/** What lies on a reader, in words. */
export const readerStates = {
  empty: 'nothing lies on it',
  card: 'a card lies on it',
  'in-use': 'another program uses its card',
  mute: 'what lies on it does not answer',
  unusable: 'connected, but it does not answer',
} as const;

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'The PC/SC readers of this machine and what lies on them. Without a reader the list is empty; where the PC/SC service ' +
      'does not run the exit status is 3. The training reader needs no machine: styrk inspect --training --specimen NAME.',
    'With --json: { "readers": [ { "name", "kind", "state": "empty" | "card" | "in-use" | "mute" | "unusable", "atr", ' +
      '"known": [ { "id", "quirks": [..], "advice", "sources": [..] } ] } ] }; known: what the table of readers says of it.',
  ],
  examples: ['styrk readers', 'styrk readers --json'],
  run: async (call) => {
    const port = openReaderPort(readerBinding(call));
    try {
      const readers = await (await watchedReaders(port)).readers();
      const told = readers.map(({ inUse, ...reader }) => ({
        ...reader,
        state: inUse ? ('in-use' as const) : reader.state,
        known: knownOf(reader.name, process.platform).map(asTold),
      }));
      call.answer({ readers: told }, () => {
        if (told.length === 0) return 'No reader is connected.\n';
        const lines = told.flatMap(({ name, state, known }) => [
          [printable(name), readerStates[state]],
          ...known.flatMap(({ advice }) => (advice === null ? [] : [['', advice]])),
        ]);
        return `${columns(lines).join('\n')}\n`;
      });
      return 0;
    } finally {
      await port.stop();
    }
  },
};

function asTold({ id, quirks, advice, sources }: KnownReader) {
  return { id, quirks, advice: advice === null ? null : text(`readers/advice/${advice}`), sources };
}
