import { statSync } from 'node:fs';
import { type InputFile, withInputFiles } from '../../machine/input-file.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { TrustHistoryEntry } from '../../store/trust-changes.ts';
import type { Store } from '../../store/types.ts';
import { fingerprintOf } from '../../trust/x509/fingerprint.ts';
import { derOf } from '../../trust/x509/pem.ts';
import type { FileImport, ImportSurroundings, TrustFile } from '../import/file-import.ts';
import { tryTrust } from '../import/import-trust.ts';
import { trustFile } from '../import/trust-file.ts';
import { standingPins } from '../import/voucher.ts';
import type { FetchedFile } from './fetch.ts';
import type { TrustSource } from './source.ts';

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

/** How an update, or a part of it, ended. */
export interface UpdateEnd {
  readonly outcome: 'changed' | 'nothing-new' | 'failed';
  readonly code: FailureCode | null;
  readonly files: readonly UpdatedFile[];
}

const older: readonly FailureCode[] = ['trust.list-older', 'revocation.older', 'bundle.older'];

/** Takes what a source gave, all or nothing: one file that is refused leaves everything as it was. */
export async function takeAll(
  fetched: readonly FetchedFile[],
  source: Pick<TrustSource, 'kind'>,
  around: ImportSurroundings,
): Promise<UpdateEnd> {
  return withInputFiles((open) => takeAllOpened(fetched, source, { ...around, open }));
}

/** What an import stands on, and how its files are opened. */
type Opening = ImportSurroundings & { readonly open: (path: string) => InputFile };

async function takeAllOpened(
  fetched: readonly FetchedFile[],
  source: Pick<TrustSource, 'kind'>,
  around: Opening,
): Promise<UpdateEnd> {
  const known = { ...around, history: around.store.trust.history() };
  const judged = fetched.map((file) => ({ file, before: beforehand(file, source, known) }));
  const unknown = judged.flatMap(({ before }) => (typeof before === 'string' ? [] : [before]));
  if (fetched.length > 0 && judged.every(({ before }) => before === 'passed-over'))
    return { outcome: 'failed', code: 'update.nothing-found', files: judged.map(untaken) };
  const results = await tryTrust(
    unknown.flatMap((file) => (file instanceof Failure ? [] : [file])),
    standingPins,
    around,
    {
      isHarmless: ({ code }) => older.includes(code),
      stop: unknown.some((file) => file instanceof Failure),
    },
  );
  const files = judged.map((each): UpdatedFile => {
    if (typeof each.before === 'string') return untaken(each);
    const result = each.before instanceof Failure ? each.before : results.get(each.before);
    return resultOf(each.file.name, result);
  });
  if (files.some(({ outcome }) => outcome === 'refused')) return { outcome: 'failed', code: 'update.refused', files };
  return { outcome: files.some(({ outcome }) => outcome === 'taken') ? 'changed' : 'nothing-new', code: null, files };
}

/**
 * Takes revocation lists, each for itself: one that is refused keeps nobody from the others. What is no revocation list is
 * refused, whatever else it is: nothing more was asked for at these addresses.
 */
export async function takeRevocationLists(
  fetched: readonly FetchedFile[],
  around: ImportSurroundings,
): Promise<readonly UpdatedFile[]> {
  return withInputFiles((open) => takeListsOpened(fetched, { ...around, open }));
}

async function takeListsOpened(fetched: readonly FetchedFile[], around: Opening): Promise<readonly UpdatedFile[]> {
  const known = { ...around, history: around.store.trust.history() };
  const first = fetched.filter(({ digest }, index) => fetched.findIndex((other) => other.digest === digest) === index);
  const judged = first.map((file) => {
    const before = beforehand(file, { kind: 'https' }, known);
    const isOther = typeof before !== 'string' && !(before instanceof Failure) && before.kind !== 'revocation-list';
    return { file, before: isOther ? new Failure('trust.file-unknown') : before };
  });
  const lists = judged.flatMap(({ before }) =>
    typeof before === 'string' || before instanceof Failure ? [] : [before],
  );
  const results =
    lists.length === 0
      ? new Map<TrustFile, FileImport | Failure>()
      : await tryTrust(lists, standingPins, around, { isHarmless: () => true, stop: false });
  return judged.map((each): UpdatedFile => {
    if (typeof each.before === 'string') return untaken(each);
    return resultOf(each.file.name, each.before instanceof Failure ? each.before : results.get(each.before));
  });
}

function untaken({ file, before }: { readonly file: FetchedFile; readonly before: unknown }): UpdatedFile {
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
  source: Pick<TrustSource, 'kind'>,
  { store, open, history }: Pick<Opening, 'store' | 'open'> & { readonly history: readonly TrustHistoryEntry[] },
): 'known' | 'set-aside' | 'passed-over' | TrustFile | Failure {
  const standing = standingOf(digest, history);
  if (standing !== null) return standing;
  try {
    if (statSync(path).size === 0) throw new Failure('trust.file-unknown');
    const file = trustFile(open(path));
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
    if (kind === 'unpin' || kind === 'mend') return null;
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
