import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { printable } from './layout.ts';

export const command: Command = {
  positionals: 'ID',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'One record, by its id or number, as it was sealed: who, why, what was proved, the verdict, and beside it who decided what. An ordinary data ' +
      'folder needs its key (--passphrase-file).',
    'With --json: { "id", "number", "hash", "content": { .. } }. Of a protected identity supervisors alone see the person, the ' +
      'document and what was compared; for others "content" says so: "withheld": "protected-identity". The record itself stays whole.',
  ],
  examples: ['styrk records show --training 1f0c6e2a-...'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house, [operator]) => {
      const [wanted = ''] = call.given.positionals;
      const { summary, content } = await house.record(wanted, operator?.role ?? null);
      const { id, number, hash } = summary;
      call.answer({ id, number, hash, content }, () => {
        // Files are for machines: people are told which there are.
        const lines = JSON.stringify(content, shortFiles, 2).split('\n').map(printable);
        return `Record ${number}, hash ${hash}\n${lines.join('\n')}\n`;
      });
      return 0;
    }),
};

function shortFiles(key: string, value: unknown): unknown {
  return key === 'files' &&
    typeof value === 'object' &&
    value !== null &&
    'EF.SOD' in value &&
    typeof value['EF.SOD'] === 'string'
    ? Object.keys(value)
    : value;
}
