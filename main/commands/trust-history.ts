import type { TrustHistoryEntry } from '../store/trust-changes.ts';
import type { Command } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Every change of the trust store, newest first: what was taken in, from whom, what came and went, and what was taken back.',
    'With --json: { "history": [ { "id", "at", "kind", "signer", "date", "counts", "changed": [ { "change", "country", ' +
      '"subject", "fingerprint" } ], "remarks", "files", "undoneBy" } ] }',
  ],
  examples: ['styrk trust history'],
  asFound: true,
  run: async (call) => {
    const history = await withKeeping(call, ({ holdings }) => holdings.history());
    call.answer({ history }, () => (history.length === 0 ? 'No change yet.\n' : `${historyText(history)}\n`));
    return 0;
  },
};

/** Changes of the trust store as rows. */
export function historyText(history: readonly TrustHistoryEntry[]): string {
  return columns(
    history.map(({ id, at, kind, signer, counts, undoneBy }) => [
      String(id),
      at,
      kind,
      `+${counts.newCertificates} -${counts.removedCertificates}`,
      undoneBy === null ? '' : `taken back by ${undoneBy}`,
      printable(signer ?? ''),
    ]),
  ).join('\n');
}
