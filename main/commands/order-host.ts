import { runNativeHost } from '../answer/ways/native-host.ts';
import type { Command } from './command.ts';

export const command: Command = {
  positionals: '[ORIGIN...]',
  fewest: 0,
  most: 4,
  options: {},
  description: [
    'What Chrome or Edge starts for an extension of the bank (native messaging): it hands orders to the desk that is open on this ' +
      'data folder, and its replies back. It needs no key and judges nothing. The browser itself names the extension. It is not ' +
      'for people: order install-host tells the browser of it.',
    'With --json: nothing else than without. Its output is the frames that a browser reads, and ends with its input.',
  ],
  examples: [`styrk order host -- chrome-extension://${'abcdefghijklmnop'.repeat(2)}/`],
  run: async ({ directory, given }) => {
    const write = (frame: Uint8Array): void => void process.stdout.write(frame);
    await runNativeHost({ directory, argv: given.positionals, input: process.stdin, write });
    return 0;
  },
};
