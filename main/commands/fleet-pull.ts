import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { columns } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Fetches what headquarters issued for its stations and takes what is new: station bundles with certificates, lists and policies, rosters, ' +
      "blocked documents, operators. Each is proved by headquarters' issuing key and goes through the same gates as one by hand: of a bundle " +
      'the signer must stand pinned here. Nothing older than the last is taken, and nothing in part. An ordinary data folder needs its key ' +
      '(--passphrase-file).',
    'With --json: { "issues": [{ "kind", "number", "outcome": "taken" | "known" | "older" }] }',
  ],
  examples: ['styrk fleet pull --passphrase-file KEY.txt'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ fleet }) => {
      const issues = await fleet.pull({ signal: call.machine.stopSignal() });
      call.answer({ issues }, () => {
        if (issues.length === 0) return 'Nothing new.\n';
        return `${columns(issues.map(({ kind, number, outcome }) => [kind, `number ${number}`, outcome])).join('\n')}\n`;
      });
      return 0;
    }),
};
