import { setTimeout as wait } from 'node:timers/promises';
import { failureWords } from '../../resources/failures/failures.ts';
import { refusedPublicKeys } from '../house/folder.ts';
import { loadOwnPolicies } from '../keeping/policies/own-policies.ts';
import { readRevocationStates } from '../keeping/update/revocation-places.ts';
import { readSource, updateSource } from '../keeping/update/source.ts';
import { type TrustUpdate, updateTrust } from '../keeping/update/update-trust.ts';
import { readInputFile } from '../machine/input-file.ts';
import { resourcesIn } from '../machine/resources.ts';
import { Failure } from '../result/failure.ts';
import type { Command } from './command.ts';
import { withFolder } from './folder-of-call.ts';
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
    const given =
      from.length === 0 ? null : updateSource(from, file === null ? null : readInputFile(file, largestAuthority));
    const update = await withFolder(call, async (store) => {
      const source = given ?? readSource(store.settings);
      if (source === null && readRevocationStates(store.settings).length === 0)
        throw new Failure('update.source-missing');
      return updateTrust(source, {
        store,
        clock: call.machine.clock,
        ownPolicies: loadOwnPolicies(resourcesIn(call.machine.resourcesDirectory)),
        refusedPublicKeys: refusedPublicKeys(store.kind),
        onProgress: progressOf(call),
        signal: call.machine.stopSignal(),
        after: machineAfter,
      });
    });
    call.answer({ ...update }, () => updateText(update));
    return update.outcome === 'failed' ? 1 : 0;
  },
};

function machineAfter(millis: number, act: () => void): () => void {
  const cancelled = new AbortController();
  wait(millis, undefined, { signal: cancelled.signal, ref: false }).then(act, () => undefined);
  return () => cancelled.abort();
}

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
