import { failureWords } from '../../resources/failures/failures.ts';
import type { RefusedIssue } from '../fleet/pull.ts';
import type { Command, ExitStatus } from './command.ts';
import { adviceOnIssue } from './doctor-advice.ts';
import { exchangedHelp, exchangeParcels } from './exchanged-parcels.ts';
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
    'Referred cases come from and go to other stations with it (styrk referrals route), also where headquarters issues nothing.',
    'Each kind is tried by itself: what cannot be taken keeps nothing else back. Exit status 1: something could not be taken.',
    `With --json: { "issues": [{ "kind", "number", "outcome": "taken" | "known" | "older" }], "refused": [{ "kind", "number", "code", "fields" }], ${exchangedHelp} }`,
  ],
  examples: ['styrk fleet pull --passphrase-file KEY.txt'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ fleet, parcels }) => {
      const signal = call.machine.stopSignal();
      const { told: exchanged, text, went } = await exchangeParcels({ fleet, parcels }, signal);
      // Where no issuing key is set and cases came all the same, there was something to fetch.
      const nothing = went !== 'nothing to do' && fleet.show()?.issuingKey === null;
      const { taken, refused } = nothing ? { taken: [], refused: [] } : await fleet.pull({ signal });
      const told = refused.map(({ kind, number, failure: { code, fields } }) => ({ kind, number, code, fields }));
      call.answer({ issues: taken, refused: told, parcels: exchanged }, () => {
        const rows = [
          ...taken.map(({ kind, number, outcome }) => [kind, `number ${number}`, outcome]),
          ...refused.map((each) => [each.kind, `number ${each.number}`, refusedWords(each)]),
        ];
        return `${rows.length === 0 ? 'Nothing new.\n' : `${columns(rows).join('\n')}\n`}${text}`;
      });
      return refused.length === 0 && went !== 'not well' ? 0 : 1;
    }),
};

function refusedWords({ failure: { code, fields } }: RefusedIssue): string {
  const known = Object.entries(fields)
    .filter(([name, value]) => value !== null && name !== 'kind' && name !== 'number')
    .map(([name, value]) => `${name} ${value}`);
  return `not taken: ${failureWords('en', code).happened} ${adviceOnIssue(code)} (${[code, ...known].join(', ')})`;
}
