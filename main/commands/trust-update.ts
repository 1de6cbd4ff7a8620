import { failureWords } from '../../resources/failures/failures.ts';
import { updateSource } from '../keeping/update/source.ts';
import type { TrustUpdate } from '../keeping/update/update-trust.ts';
import { readInputFile } from '../machine/input-file.ts';
import type { Command } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { progressOf } from './trust-import.ts';

const largestAuthority = 64 * 1024;

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    from: {
      kind: 'values',
      value: 'PLACE',
      help: 'a folder or an https address, for this call alone; addresses several times',
    },
    authority: {
      kind: 'value',
      value: 'FILE',
      help: "with --from: the certificate authority (PEM) of the addresses' servers",
    },
  },
  description: [
    'Fetches the lists from the place that is set (trust source) and takes what is new. Only standing pins vouch. All or ' +
      'nothing: one file that is refused leaves everything as it was. Harmless are files that were taken before, older ' +
      'editions, and in a folder what is nothing for a trust store. What administrators took back (trust restore) is not ' +
      'taken again by an update; import it by hand where it is wanted.',
    'The revocation lists of the states named by trust source --revocation are fetched too, each for itself: one server that ' +
      'does not answer is told, and keeps nobody from the others.',
    'A newer edition of a list takes the place of the older one: what its publisher has left out is no longer believed.',
    'With --json: { "at", "places", "outcome": "changed" | "nothing-new" | "failed", "code", "files": [ { "name", "outcome": ' +
      '"taken" | "known" | "older" | "set-aside" | "passed-over" | "refused", "code" } ], "newCertificates", ' +
      '"removedCertificates", "failingSince" }. Exit status 1 where it failed.',
  ],
  examples: ['styrk trust update', 'styrk trust update --from /media/usb'],
  run: async (call) => {
    const from = call.given.values('from');
    const file = call.given.value('authority');
    const source =
      from.length === 0 ? null : updateSource(from, file === null ? null : readInputFile(file, largestAuthority));
    const update = await withKeeping(call, ({ upkeep }) =>
      upkeep.update({ from: source, signal: call.machine.stopSignal(), onProgress: progressOf(call) }),
    );
    call.answer({ ...update }, () => updateText(update));
    return update.outcome === 'failed' ? 1 : 0;
  },
};

const outcomes: Readonly<Record<TrustUpdate['outcome'], string>> = {
  changed: 'taken',
  'nothing-new': 'nothing new',
  failed: 'failed, everything is as it was',
};

/** An update in words: how it ended, and what each file came to. */
export function updateText({ at, places, outcome, code, files, ...update }: TrustUpdate): string {
  const lines = [`${at}: ${outcomes[outcome]} (${places.map(printable).join(', ')})`];
  if (code !== null) lines.push(`  ${failureWords('en', code).happened} (${code})`);
  if (outcome === 'changed')
    lines.push(`  ${update.newCertificates} certificates new, ${update.removedCertificates} removed`);
  const rows = files.map((file) => [
    `  ${file.outcome}`,
    printable(file.name),
    file.code === null ? '' : failureWords('en', file.code).happened,
  ]);
  if (update.failingSince !== null) lines.push(`  no update has ended well since ${update.failingSince}`);
  return `${[...lines, ...columns(rows)].join('\n')}\n`;
}
