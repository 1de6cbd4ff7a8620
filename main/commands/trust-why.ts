import { failureWords } from '../../resources/failures/failures.ts';
import type { TrustExplanation } from '../keeping/report/explain-certificate.ts';
import type { Command } from './command.ts';
import { dayOption, judgingDay } from './day-option.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { summaryRows } from './trust-show.ts';

export const command: Command = {
  positionals: 'CERT',
  fewest: 1,
  most: 1,
  options: dayOption,
  description: [
    'Why a certificate is believed, or is not: the path of keys down to the one that proves itself, the lists or the person ' +
      'that brought each, what imports remarked about it, and what the newest revocation list of its issuer says. CERT is ' +
      'a fingerprint of the store (six digits or more) or any certificate file, a document signer too.',
    'Exit status: 0 believed, 1 not. With --json: { "certificate", "held", "believed", "code", "path": [ { "certificate", ' +
      '"verifiedBy", "sources" } ], "valid", "fresh", "revocation", "readingsDiffer": fields that a second reading has otherwise, "remarks", "sameKey" }',
  ],
  examples: ['styrk trust why 6bc76f', 'styrk trust why signer.cer --json'],
  asFound: true,
  run: async (call) => {
    const [text = ''] = call.given.positionals;
    const at = judgingDay(call);
    const explained = await withKeeping(call, ({ holdings }) => holdings.explain(text, at));
    call.answer({ ...explained }, () => textOf(explained));
    return explained.believed ? 0 : 1;
  },
};

function textOf(explained: TrustExplanation): string {
  const { certificate, held, believed, code, path, valid, fresh, revocation, remarks } = explained;
  const because = code === null ? '' : ` ${failureWords('en', code).happened} (${code})`;
  return [
    `${believed ? 'Believed' : 'Not believed'}, ${held ? 'held in the trust store' : 'not itself in the trust store'}.${because}`,
    ...(valid ? [] : ['Not valid on that day.']),
    ...(believed && !fresh ? ['The lists that brought it are past their limit.'] : []),
    '',
    ...columns(summaryRows(certificate)),
    '',
    ...(path.length === 0 ? ['No path.'] : ['Path:']),
    ...path.flatMap(({ certificate: step, sources }) => [
      `  ${printable(step.subject)} (${step.kind}, ${step.fingerprint.slice(0, 16)})`,
      ...sources.map(({ kind, date, digest }) => `    from ${kind} ${date ?? ''} ${digest.slice(0, 16)}`),
    ]),
    ...(revocation === null
      ? ['No revocation list of its issuer.']
      : [`Revocation list of ${revocation.thisUpdate}: ${revocation.revoked ? 'REVOKED' : 'not revoked'}.`]),
    ...(explained.readingsDiffer.length === 0
      ? []
      : [`Read otherwise by the second reader: ${explained.readingsDiffer.join(', ')}.`]),
    ...remarks.map(({ at, kind, code: remarked }) => `Remarked at the import of ${at} (${kind}): ${remarked}`),
    '',
  ].join('\n');
}
