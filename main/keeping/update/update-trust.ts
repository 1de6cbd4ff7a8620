import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asFailure } from '../../result/failure.ts';
import { type FailureCode, failureCodes } from '../../result/failure-codes.ts';
import type { TrustChangeCounts } from '../../store/trust-changes.ts';
import type { Store } from '../../store/types.ts';
import type { ImportSurroundings } from '../import/file-import.ts';
import { type FetchSurroundings, fetchSource } from './fetch.ts';
import { readRevocationStates } from './kept-places.ts';
import { fetchRevocationLists } from './revocation-fetch.ts';
import { revocationPlaces } from './revocation-places.ts';
import type { TrustSource } from './source.ts';
import { takeAll, takeRevocationLists, type UpdatedFile, type UpdateEnd, type UpdateOutcome } from './update-files.ts';
import type { WebReach } from './web-reach.ts';

/** An update as it is kept and told: when, from where, how it ended and what each file came to. */
export interface TrustUpdate extends UpdateEnd {
  readonly at: string;
  readonly places: readonly string[];
  readonly newCertificates: number;
  readonly removedCertificates: number;
  /** The instant since which no update has ended well; null after one that has. */
  readonly failingSince: string | null;
}

const settingName = 'trust/last-update';
const folderPrefix = 'trust-update-';
// Far longer than any update may take: another process may be at work on a younger one.
const leftOverMillis = 24 * 60 * 60_000;
const mostFiles = 60;
const longestName = 100;

/** Where updates come from, in words: the places of the source, and the states whose revocation lists are fetched. */
export function updatePlaces(source: TrustSource | null, states: readonly string[]): readonly string[] {
  return [...(source?.places ?? []), ...(states.length === 0 ? [] : [`CRL: ${states.join(', ')}`])];
}

/**
 * Fetches a source, and the revocation lists of the states that an administrator named, and takes what is new. What a source
 * has is taken all or nothing: one file that is refused leaves everything as it was. Revocation lists each stand for
 * themselves. Only standing pins vouch. Never throws for what is fetched; the answer tells, and is kept as the last update.
 */
export async function updateTrust(
  source: TrustSource | null,
  around: ImportSurroundings & Omit<FetchSurroundings, 'folder'> & { readonly web?: WebReach },
): Promise<TrustUpdate> {
  const { store, clock } = around;
  const at = clock.now();
  const previous = lastUpdate(store);
  let places: readonly string[] = source?.places ?? [];
  let folder: string | null = null;
  let counts: Partial<TrustChangeCounts> = {};
  let ended: UpdateEnd = { outcome: 'nothing-new', code: null, files: [] };
  try {
    dropLeftOver(store.directory, at);
    folder = mkdtempSync(join(store.directory, folderPrefix));
    const states = readRevocationStates(store.settings);
    places = updatePlaces(source, states);
    if (source !== null) {
      ended = await asEnd(async () =>
        takeAll(await fetchSource(source, { ...around, folder: folder ?? '' }), source, around),
      );
      if (ended.outcome === 'changed') counts = store.trust.history()[0]?.counts ?? {};
    }
    if (states.length > 0 && ended.code !== 'update.cancelled')
      ended = together(
        source === null ? null : ended,
        await asEnd(() => updateRevocation(states, folder ?? '', around)),
      );
  } catch (thrown) {
    ended = { outcome: 'failed', code: asFailure(thrown).code, files: [] };
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
  const update: TrustUpdate = {
    at,
    places,
    ...ended,
    newCertificates: counts.newCertificates ?? 0,
    removedCertificates: counts.removedCertificates ?? 0,
    failingSince: failingSince(ended, previous, at),
  };
  keep(store, update);
  return update;
}

async function asEnd(work: () => Promise<UpdateEnd>): Promise<UpdateEnd> {
  try {
    return await work();
  } catch (thrown) {
    return { outcome: 'failed', code: asFailure(thrown).code, files: [] };
  }
}

async function updateRevocation(
  states: readonly string[],
  parent: string,
  around: Parameters<typeof updateTrust>[1],
): Promise<UpdateEnd> {
  const folder = join(parent, 'revocation');
  mkdirSync(folder, { mode: 0o700 });
  const { limits: _limits, ...surroundings } = around;
  const places = revocationPlaces(states, around.store.trust.list());
  const fetched = await fetchRevocationLists(places, { ...surroundings, folder });
  const taken = await takeRevocationLists(fetched.files, around);
  const files = [...taken, ...fetched.missed.map((missed): UpdatedFile => ({ ...missed, outcome: 'refused' }))];
  // One state's server that does not answer is told; the update has failed where there was nothing at all.
  const [first] = files;
  if (first === undefined) return { outcome: 'failed', code: 'update.nothing-found', files };
  if (files.every(({ outcome }) => outcome === 'refused')) return { outcome: 'failed', code: first.code, files };
  return { outcome: files.some(({ outcome }) => outcome === 'taken') ? 'changed' : 'nothing-new', code: null, files };
}

function together(own: UpdateEnd | null, lists: UpdateEnd): UpdateEnd {
  if (own === null) return lists;
  const files = [...own.files, ...lists.files];
  if (own.outcome === 'failed') return { ...own, files };
  const changed = own.outcome === 'changed' || lists.outcome === 'changed';
  return { outcome: changed ? 'changed' : 'nothing-new', code: null, files };
}

// What an update that was killed had fetched; it may be hundreds of megabytes.
function dropLeftOver(directory: string, now: string): void {
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(folderPrefix)) continue;
    const path = join(directory, name);
    const age = Date.parse(now) - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY);
    if (age > leftOverMillis) rmSync(path, { recursive: true, force: true });
  }
}

// What somebody cancelled says nothing of the source.
function failingSince({ outcome, code }: UpdateEnd, previous: TrustUpdate | null, at: string): string | null {
  if (outcome !== 'failed') return null;
  return previous?.failingSince ?? (code === 'update.cancelled' ? null : at);
}

function keep({ settings }: Pick<Store, 'settings'>, update: TrustUpdate): void {
  settings.set(settingName, { ...update, places: [...update.places], files: shortened(update.files) });
}

/** Keeps that an update could not even be made: why, and since when that is so. */
export function keepFailedUpdate(
  store: Pick<Store, 'settings'>,
  { at, places, code }: Pick<TrustUpdate, 'at' | 'places'> & { readonly code: FailureCode },
): TrustUpdate {
  const ended: UpdateEnd = { outcome: 'failed', code, files: [] };
  const since = failingSince(ended, lastUpdate(store), at);
  const update = { at, places, ...ended, newCertificates: 0, removedCertificates: 0, failingSince: since };
  keep(store, update);
  return update;
}

// Refused files are told first: of too many the others are left out.
function shortened(files: readonly UpdatedFile[]) {
  const refused = files.filter(({ outcome }) => outcome === 'refused');
  const others = files.filter(({ outcome }) => outcome !== 'refused');
  return [...refused, ...others].slice(0, mostFiles).map((file) => ({ ...file, name: file.name.slice(-longestName) }));
}

/** The last update as it was kept; null where there was none. */
export function lastUpdate({ settings }: Pick<Store, 'settings'>): TrustUpdate | null {
  const kept = settings.get(settingName) as Partial<Record<keyof TrustUpdate, unknown>> | null | undefined;
  if (typeof kept?.at !== 'string' || !Array.isArray(kept.places) || !Array.isArray(kept.files)) return null;
  const known = (code: unknown): FailureCode | null => failureCodes.find((each) => each === code) ?? null;
  const outcome = (['changed', 'nothing-new', 'failed'] as const).find((each) => each === kept.outcome) ?? 'failed';
  const outcomes: readonly UpdateOutcome[] = ['taken', 'known', 'older', 'set-aside', 'passed-over', 'refused'];
  return {
    at: kept.at,
    places: kept.places.map(String),
    outcome,
    code: known(kept.code),
    files: kept.files.map((file: Partial<Record<keyof UpdatedFile, unknown>> | null) => ({
      name: String(file?.name ?? ''),
      outcome: outcomes.find((each) => each === file?.outcome) ?? 'refused',
      code: known(file?.code),
    })),
    newCertificates: Number(kept.newCertificates ?? 0),
    removedCertificates: Number(kept.removedCertificates ?? 0),
    failingSince: typeof kept.failingSince === 'string' ? kept.failingSince : null,
  };
}
