import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { DataKind } from '../result/data-kind.ts';
import { Failure } from '../result/failure.ts';

// Both names stand in the database header (https://sqlite.org/fileformat2.html §1.3), readable without opening it.
const applicationIds: Readonly<Record<DataKind, number>> = { ordinary: 0x5374794f, training: 0x53747954 };

const headerLength = 100;
const magic = 'SQLite format 3\0';

/** The application id that a database of this kind bears in its header: 32 bits, `StyO` or `StyT` in ASCII. */
export function applicationIdOf(kind: DataKind): number {
  return applicationIds[kind];
}

/**
 * Looks at a database file without opening it, so that what is not ours is left as it was. Throws `storage.corrupt`,
 * `storage.foreign`, `storage.newer` or `data.kind`.
 */
export function inspectHeader(path: string, kind: DataKind, newestVersion: number): void {
  // Asked before the header is read too: a process that ends meanwhile completes the file and takes its log away.
  const wasPending = hasPendingLog(path);
  const { header, size } = readHeader(path);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (size < headerLength || Buffer.from(header.subarray(0, magic.length)).toString('latin1') !== magic)
    throw new Failure('storage.corrupt', { path });
  const applicationId = view.getUint32(68);
  const found = (['ordinary', 'training'] as const).find((name) => applicationIds[name] === applicationId);
  if (found === undefined) throw new Failure('storage.foreign', { path });
  if (found !== kind) throw new Failure('data.kind', { path, found, asked: kind });
  const version = view.getUint32(60);
  if (version > newestVersion) throw new Failure('storage.newer', { path, found: version, known: newestVersion });
  if (!isWhole(view, size) && !wasPending && !hasPendingLog(path)) throw new Failure('storage.corrupt', { path });
}

/** Whether a write-ahead log lies beside the database: another process works on it, or one ended without closing it. */
export function hasPendingLog(path: string): boolean {
  // One question, not two: the log may be taken away at any moment.
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function readHeader(path: string): { header: Uint8Array; size: number } {
  const header = new Uint8Array(headerLength);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, headerLength, 0);
    return { header, size: fstatSync(file).size };
  } finally {
    closeSync(file);
  }
}

function isWhole(view: DataView, size: number): boolean {
  const stated = view.getUint16(16);
  const pageSize = stated === 1 ? 65_536 : stated;
  const isPageSize = pageSize >= 512 && (pageSize & (pageSize - 1)) === 0;
  return isPageSize && size % pageSize === 0 && size >= view.getUint32(28) * pageSize;
}
