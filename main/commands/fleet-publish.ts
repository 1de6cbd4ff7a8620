import { publishIssue } from '../fleet/at-headquarters.ts';
import { issueKinds } from '../fleet/issue.ts';
import { largestBundle } from '../keeping/import/trust-file.ts';
import { readInputFile } from '../machine/input-file.ts';
import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { databaseOptions, secretIssuingKey, withDatabase } from './headquarters-options.ts';
import { writeNewFiles } from './output-file.ts';

export const command: Command = {
  positionals: 'KIND FILE',
  fewest: 2,
  most: 2,
  options: {
    ...databaseOptions,
    'issuing-key': { kind: 'value', value: 'FILE', help: "headquarters' secret issuing key (styrk fleet keys)" },
    out: { kind: 'value', value: 'FILE', help: 'where the issue goes as a file too, for sites without a line' },
  },
  description: [
    `For headquarters: signs what stations are to take and puts it where they fetch it (styrk fleet pull). KIND is ${issueKinds.join(', ')}: a ` +
      'station bundle (styrk trust export), with certificates, lists and policies. Each has the next number of its kind. No data folder is ' +
      'touched.',
    'With --json: { "kind", "number" }',
  ],
  examples: [
    "styrk fleet publish trust all.bundle --issuing-key issuing.key --url 'postgresql:///styrk?host=/run/postgresql'",
  ],
  run: async (call) => {
    const [given = '', file = ''] = call.given.positionals;
    const kind = issueKinds.find((known) => known === given);
    if (kind === undefined) throw unusable(`not one of ${issueKinds.join(', ')}`, { argument: 'KIND' });
    const content = readInputFile(file, largestBundle);
    const out = call.given.value('out');
    const issuingKey = secretIssuingKey(call);
    try {
      return await withDatabase<ExitStatus>(call, async (connection) => {
        const issuing = { issuingKey, at: call.machine.clock.now() };
        const { number, bytes } = await publishIssue(connection, { kind, content }, issuing);
        if (out !== null) writeNewFiles([[out, bytes]]);
        call.answer({ kind, number }, () => `${kind}: number ${number}\n`);
        return 0;
      });
    } finally {
      issuingKey.fill(0);
    }
  },
};
