import type { TrustRepository } from '../../store/types.ts';
import type { DatedList } from '../../trust/path/freshness.ts';
import type { StoredRevocationList } from '../../trust/types.ts';

/** What is asked of the store for the ages of what it holds. */
export type HeldLists = Pick<TrustRepository, 'list' | 'sources' | 'history' | 'allRevocationLists' | 'defectLists'>;

/** Everything of the trust store that grows old: the newest of each kind and signer, and single certificates. */
export async function heldLists(trust: HeldLists): Promise<readonly DatedList[]> {
  return [
    ...masterLists(trust),
    ...trust.allRevocationLists().map(datedRevocationList),
    ...newestEach(
      (await trust.defectLists()).map(({ kind, signer, date }) => ({ kind, name: signer, date, nextUpdate: null })),
    ),
    ...singleCertificates(trust),
  ];
}

// A certificate that a list holds too grows old with the list.
function singleCertificates(trust: Pick<HeldLists, 'list' | 'sources'>): readonly DatedList[] {
  if (!trust.sources().some(({ kind }) => kind === 'pinned')) return [];
  return trust.list().flatMap(({ summary, sources }) => {
    const pinned = sources.find(({ kind }) => kind === 'pinned');
    if (pinned === undefined || sources.some(({ kind }) => kind === 'master-list')) return [];
    return [{ kind: 'certificate' as const, name: summary.subject, date: pinned.date, nextUpdate: null }];
  });
}

// Of each signer the newest edition counts. Lists that came in without a history name no signer: the newest stands for them.
function masterLists(trust: Pick<HeldLists, 'sources' | 'history'>): readonly DatedList[] {
  // What was taken back is held no longer.
  const updates = trust.history().filter(({ undoneBy }) => undoneBy === null);
  // What went with its withdrawn signer is no list of ours any more either.
  const held = new Set(trust.sources().map(({ digest }) => digest));
  const withdrawn = updates.some(({ kind }) => kind === 'unpin' || kind === 'mend');
  const told = updates.filter(({ kind, digest }) => kind === 'master-list' && (!withdrawn || held.has(digest)));
  const digests = new Set(updates.map(({ digest }) => digest));
  const untold = trust.sources().filter(({ kind, digest }) => kind === 'master-list' && !digests.has(digest));
  return newestEach([
    ...told.map(({ signer, date }) => ({ kind: 'master-list' as const, name: signer ?? '', date, nextUpdate: null })),
    ...untold.map(({ date }) => ({ kind: 'master-list' as const, name: '', date, nextUpdate: null })),
  ]);
}

function newestEach(lists: readonly DatedList[]): readonly DatedList[] {
  const newest = new Map<string, DatedList>();
  for (const list of lists) {
    const key = `${list.kind} ${list.name}`;
    const present = newest.get(key);
    if (present === undefined || (list.date ?? '') > (present.date ?? '')) newest.set(key, list);
  }
  return [...newest.values()];
}

/** A revocation list as far as its age matters. */
export function datedRevocationList({ issuer, thisUpdate, nextUpdate }: StoredRevocationList): DatedList {
  return { kind: 'revocation-list', name: issuer, date: thisUpdate, nextUpdate };
}
