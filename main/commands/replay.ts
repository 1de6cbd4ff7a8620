import { replayTranscript } from '../chip/replay.ts';
import { readInputFile } from '../machine/input-file.ts';
import { Failure } from '../result/failure.ts';
import type { Command } from './command.ts';

const largestTranscript = 16 * 1024 * 1024;

export const command: Command = {
  positionals: 'TRANSCRIPT',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'Runs a recorded PACE, chip or active authentication again: with the same private keys and the recorded answers of the ' +
      'chip every command must be the recorded one, byte for byte, and the session keys come out. Keys are lower-case hex, ' +
      '3DES keys with odd parity. Where the standard leaves a choice to the terminal, the recorded form is followed, and ' +
      'said. Exit status 1 where a command differs.',
    'TRANSCRIPT is a JSON file: ef_card_access, mrz or can, terminal_private_keys in the order of their use, and exchanges ' +
      'of commands (c) and responses (r) in hex.',
    'With --json: { "matches", "commands", "difference", "followed" (only where a recorded form was), "secureMessaging": ' +
      '{ "cipher", "ksEnc", "ksMac", "ssc" } }',
  ],
  examples: ['styrk replay ../shared/data/transcripts/pace-gm-ecdh-3des-NZ.json --json'],
  run: async ({ given, answer }) => {
    const [path = ''] = given.positionals;
    const replayed = await replayTranscript(jsonOf(readInputFile(path, largestTranscript)));
    const { matches, commands, difference, followed, secureMessaging } = replayed;
    answer({ ...replayed }, () => {
      const keys = Object.entries(secureMessaging ?? {}).map(([name, value]) => `  ${name}: ${value}`);
      const where = difference === null ? [] : [`  first difference at exchange ${difference.exchange}`];
      const form =
        followed === undefined ? [] : [`  followed the recorded form: ${followed}, which the standard allows as well`];
      const verdict = matches ? `All ${commands} commands match.` : `The commands do not match.`;
      return `${[verdict, ...form, ...where, ...keys].join('\n')}\n`;
    });
    return matches ? 0 : 1;
  },
};

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (thrown) {
    throw new Failure('transcript.malformed', { field: '' }, thrown);
  }
}
