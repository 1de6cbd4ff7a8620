import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asFailure, Failure } from '../result/failure.ts';
import { type FailureCode, failureCodes } from '../result/failure-codes.ts';
import type { TrustHistoryEntry } from '../store/trust-changes.ts';
import type { Store } from '../store/types.ts';
import { fingerprintOf } from '../trust/fingerprint.ts';
import { derOf } from '../trust/pem.ts';
import { openInputFile } from './input-file.ts';
import { type FetchedFile, type FetchSurroundings, fetchSource } from './trust-fetch.ts';
import { trustFile } from './trust-file.ts';
import { type FileImport, type ImportSurroundings, type TrustFile, tryTrust } from './trust-import.ts';
import type { TrustSource } from './trust-source.ts';
import { voucherOf } from './voucher.ts';

/**
 * How a file of an update fared. Harmless: `known` (this very file was taken), `older` (the station has newer), `set-aside`
 * (administrators took it back), `passed-over` (nothing for a trust store, beside others in a folder).
 */
export type UpdateOutcome = 'taken' | 'known' | 'older' | 'set-aside' | 'passed-over' | 'refused';

export interface UpdatedFile {
  readonly name: string;
  readonly outcome: UpdateOutcome;
  readonly code: FailureCode | null;
}

/** An update as it is kept and told: when, from where, how it ended and what each file came to. */
export interface TrustUpdate {
  readonly at: string;
  readonly places: readonly string[];
  readonly outcome: 'changed' | 'nothing-new' | 'failed';
  readonly code: FailureCode | null;
  readonly files: readonly UpdatedFile[];
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
const older: readonly FailureCode[] = ['trust.list-older', 'revocation.older', 'bundle.older'];

/**
 * Fetches a source and takes what is new, all or nothing: one file that is refused leaves everything as it was. Only standing
 * pins vouch. Never throws for what a source holds; the answer tells, and is kept as the last update.
 */
export async function updateTrust(
  source: TrustSource,
  around: ImportSurroundings & Omit<FetchSurroundings, 'folder'>,
): Promise<TrustUpdate> {
  const { store, clock } = around;
  const began = { at: clock.now(), places: source.places };
  const previous = lastUpdate(store);
  let folder: string | null = null;
  let ended: Ended;
  try {
    dropLeftOver(store.directory, began.at);
    folder = mkdtempSync(join(store.directory, folderPrefix));
    ended = await take(await fetchSource(source, { ...around, folder }), source, around);
  } catch (thrown) {
    ended = { outcome: 'failed', code: asFailure(thrown).code, files: [] };
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
  const changed = ended.outcome === 'changed' ? store.trust.history()[0]?.counts : undefined;
  const update: TrustUpdate = {
    ...began,
    ...ended,
    newCertificates: changed?.newCertificates ?? 0,
    removedCertificates: changed?.removedCertificates ?? 0,
    failingSince: failingSince(ended, previous, began.at),
  };
  keep(store, update);
  return update;
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
function failingSince({ outcome, code }: Ended, previous: TrustUpdate | null, at: string): string | null {
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
  const ended: Ended = { outcome: 'failed', code, files: [] };
  const since = failingSince(ended, lastUpdate(store), at);
  const update = { at, places, ...ended, newCertificates: 0, removedCertificates: 0, failingSince: since };
  keep(store, update);
  return update;
}

type Ended = Pick<TrustUpdate, 'outcome' | 'code' | 'files'>;

async function take(fetched: readonly FetchedFile[], source: TrustSource, around: ImportSurroundings): Promise<Ended> {
  const { store } = around;
  const known = { store, history: store.trust.history() };
  const judged = fetched.map((file) => ({ file, before: beforehand(file, source, known) }));
  const open = judged.flatMap(({ file, before }) => (typeof before === 'string' ? [] : [{ file, trustFile: before }]));
  if (fetched.length > 0 && judged.every(({ before }) => before === 'passed-over'))
    return { outcome: 'failed', code: 'update.nothing-found', files: judged.map(told) };
  const voucher = voucherOf({ signer: null, pin: false, names: [] }, { store, now: around.clock.now });
  const results = await tryTrust(
    open.flatMap(({ trustFile }) => (trustFile instanceof Failure ? [] : [trustFile])),
    voucher,
    around,
    {
      isHarmless: ({ code }) => older.includes(code),
      stop: open.some(({ trustFile }) => trustFile instanceof Failure),
    },
  );
  const files = judged.map((each): UpdatedFile => {
    if (typeof each.before === 'string') return told(each);
    const result = each.before instanceof Failure ? each.before : results.get(each.before);
    return resultOf(each.file.name, result);
  });
  if (files.some(({ outcome }) => outcome === 'refused')) return { outcome: 'failed', code: 'update.refused', files };
  return { outcome: files.some(({ outcome }) => outcome === 'taken') ? 'changed' : 'nothing-new', code: null, files };
}

function told({ file, before }: { readonly file: FetchedFile; readonly before: unknown }): UpdatedFile {
  const outcome = (['known', 'set-aside', 'passed-over'] as const).find((each) => each === before) ?? 'passed-over';
  return { name: file.name, outcome, code: null };
}

function resultOf(name: string, result: FileImport | Failure | undefined): UpdatedFile {
  if (!(result instanceof Failure)) return { name, outcome: 'taken', code: null };
  return { name, outcome: older.includes(result.code) ? 'older' : 'refused', code: result.code };
}

// What can be told of a file before it is read: taken or taken back already, or nothing of ours.
function beforehand(
  { path, digest }: FetchedFile,
  source: TrustSource,
  { store, history }: { readonly store: Store; readonly history: readonly TrustHistoryEntry[] },
): 'known' | 'set-aside' | 'passed-over' | TrustFile | Failure {
  const standing = standingOf(digest, history);
  if (standing !== null) return standing;
  try {
    if (statSync(path).size === 0) throw new Failure('trust.file-unknown');
    const file = trustFile(openInputFile(path));
    return file.kind === 'certificate' && isHeld(file.whole(), store) ? 'known' : file;
  } catch (thrown) {
    // Beside lists in a folder there may be anything; behind an address that somebody set there may not.
    return source.kind === 'folder' && asFailure(thrown).code === 'trust.file-unknown'
      ? 'passed-over'
      : asFailure(thrown);
  }
}

function standingOf(digest: string, history: readonly TrustHistoryEntry[]): 'known' | 'set-aside' | null {
  for (const { kind, files, undoneBy } of history) {
    // What a withdrawn signer had brought must prove itself anew.
    if (kind === 'unpin') return null;
    if (files.some((file) => file.digest === digest)) return undoneBy === null ? 'known' : 'set-aside';
  }
  return null;
}

// A list's signer often lies beside the list.
function isHeld(bytes: Uint8Array, { trust }: Store): boolean {
  const fingerprint = fingerprintOf(derOf(bytes));
  const pinned = trust.pins.standing('list-signer').some((pin) => pin.fingerprint === fingerprint);
  return pinned || trust.get(fingerprint) !== null;
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
