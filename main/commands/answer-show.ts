import { readInputFile } from '../machine/input-file.ts';
import { Failure } from '../result/failure.ts';
import { readStrictText } from '../result/strict-json.ts';
import { withAnswers } from './banks-list.ts';
import type { Command, ExitStatus } from './command.ts';
import { columns } from './layout.ts';
import { writeNewFiles } from './output-file.ts';

/** An answer is a few kilobytes; what a case printed has it among all that was read. */
const largestFile = 1024 * 1024;

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {
    qr: {
      kind: 'value',
      value: 'FILE',
      help: 'where the short answer is written as a QR code (SVG; a file that is not there yet)',
    },
  },
  description: [
    'An answer that this station gave, proved by its keys and told in words. A bank’s system verifies it by itself, by the keys of ' +
      'banks list (docs/integration.md). FILE is the token, or what verify --json and referrals decide --json print. An ordinary data ' +
      'folder needs its key (--passphrase-file).',
    'A whole answer fits no code that a telephone reads from a screen: --qr writes the short one, signed too, with the order, the ' +
      'decision and its conditions, and SHA-256 of the whole.',
    'With --json: { "training", "kid", "claims": { .. } }, with --qr "short" too, the token in the code. Exit status: 0 proved, 2 not (answer.foreign, answer.malformed).',
  ],
  examples: ['styrk answer show answers/order-4711.jws'],
  asFound: true,
  run: (call) => {
    const [path = ''] = call.given.positionals;
    const text = tokenIn(new TextDecoder().decode(readInputFile(path, largestFile)).trim());
    return withAnswers(call, async (answers): Promise<ExitStatus> => {
      const { training, kid, claims } = await answers.read(text);
      const file = call.given.value('qr');
      const short = file === null ? null : answers.short(text);
      if (file !== null && short !== null) writeNewFiles([[file, new TextEncoder().encode(answers.code(short))]]);
      call.answer({ training, kid, claims, ...(short === null ? {} : { short }) }, () => {
        const { styrk, order } = claims;
        const rows = [
          ...(training ? [['Training:', 'no answer about a real person']] : []),
          ['Station:', claims.iss],
          ['For:', claims.aud],
          ['Order:', order.id],
          [
            'Bound by:',
            order.boundBy === 'active-authentication' ? 'the chip signed for it' : 'the record of this station',
          ],
          ['Verdict:', styrk.verdict],
          ['Decision:', styrk.decision.outcome],
          ['Proved by:', styrk.methods.length === 0 ? 'nothing' : styrk.methods.join(', ')],
          ['Until:', new Date(claims.exp * 1000).toISOString()],
          ...(file === null ? [] : [['Code:', file]]),
          ...styrk.checks.map(({ id, result }) => [`  ${id}`, result]),
        ];
        return `${columns(rows).join('\n')}\n`;
      });
      return 0;
    });
  },
};

// The token, or the object of a case with it. One that has none yet has no answer that could be shown.
function tokenIn(text: string): string {
  if (!text.startsWith('{')) return text;
  const read = readStrictText(text);
  const answer = 'refused' in read ? null : (read.value as { readonly answer?: unknown }).answer;
  if (typeof answer !== 'string') throw new Failure('answer.malformed', { reason: 'no answer in it' });
  return answer;
}
