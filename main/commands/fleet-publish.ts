import { publishIssue } from '../fleet/at-headquarters.ts';
import { issueKinds } from '../fleet/issue.ts';
import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { databaseOptions, secretIssuingKey, withDatabase } from './headquarters-options.ts';
import { issueContent } from './issue-content.ts';
import { writeNewFiles } from './output-file.ts';

export const command: Command = {
  positionals: 'KIND FILE',
  fewest: 2,
  most: 2,
  options: {
    ...databaseOptions,
    'issuing-key': { kind: 'value', value: 'FILE', help: "headquarters' secret issuing key (styrk fleet keys)" },
    'receiving-key': {
      kind: 'value',
      value: 'FILE',
      help: "the stations' public receiving key (styrk fleet keys): a roster and blocked documents are sealed for it",
    },
    out: { kind: 'value', value: 'FILE', help: 'where the issue goes as a file too, for sites without a line' },
  },
  description: [
    'For headquarters: signs what stations are to take and puts it where they fetch it (styrk fleet pull). Each has the next number of ' +
      'its kind. No data folder is touched. KIND is',
    'trust: a station bundle (styrk trust export) with certificates, lists and policies; roster: a file of the register, as styrk holders ' +
      'import takes it; operators: who may sign in (styrk operators export); blocked: documents, one on each line as { "issuer", "kind", ' +
      '"number", "reason", "since" } (kind passport, identity-card, residence-permit or other; reason lost, stolen, forged, misused or other).',
    'What no station could take is refused before it is signed: a bundle that is none, a row of a roster or of a list that cannot be read.',
    'With --json: { "kind", "number", "signer": of a bundle, else null }',
  ],
  examples: [
    "styrk fleet publish trust all.bundle --issuing-key issuing.key --url 'postgresql:///styrk?host=/run/postgresql'",
  ],
  run: async (call) => {
    const [given = '', file = ''] = call.given.positionals;
    const kind = issueKinds.find((known) => known === given);
    if (kind === undefined) throw unusable(`not one of ${issueKinds.join(', ')}`, { argument: 'KIND' });
    const { content, signer } = await issueContent(call, kind, file);
    const out = call.given.value('out');
    const issuingKey = secretIssuingKey(call);
    try {
      return await withDatabase<ExitStatus>(call, async (connection) => {
        const issuing = { issuingKey, at: call.machine.clock.now() };
        const { number, bytes } = await publishIssue(connection, { kind, content }, issuing);
        if (out !== null) writeNewFiles([[out, bytes]]);
        call.answer({ kind, number, signer }, () => {
          const whose = signer === null ? '' : `, signed by ${signer}: taken where that key stands pinned`;
          return `${kind}: number ${number}${whose}\n`;
        });
        return 0;
      });
    } finally {
      issuingKey.fill(0);
    }
  },
};
