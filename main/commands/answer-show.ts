import { readInputFile } from '../machine/input-file.ts';
import { withAnswers } from './banks-list.ts';
import type { Command, ExitStatus } from './command.ts';
import { columns } from './layout.ts';

const largestFile = 64 * 1024;

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'An answer that this station gave, proved by its keys and told in words. A bank’s system verifies it by itself, by the keys of ' +
      'banks list (docs/integration.md). An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "training", "kid", "claims": { .. } }. Exit status: 0 proved, 2 not (answer.foreign, answer.malformed).',
  ],
  examples: ['styrk answer show answers/order-4711.jws'],
  asFound: true,
  run: (call) => {
    const [path = ''] = call.given.positionals;
    const text = new TextDecoder().decode(readInputFile(path, largestFile));
    return withAnswers(call, async (answers): Promise<ExitStatus> => {
      const { training, kid, claims } = await answers.read(text);
      call.answer({ training, kid, claims }, () => {
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
          ...styrk.checks.map(({ id, result }) => [`  ${id}`, result]),
        ];
        return `${columns(rows).join('\n')}\n`;
      });
      return 0;
    });
  },
};
