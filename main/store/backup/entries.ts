import { createHash } from 'node:crypto';
import { concat } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import type { ByteReader } from './container.ts';

/** A file of a backup: its name in the folder, how long it is, and its bytes. */
export interface BackupEntry {
  readonly name: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** What stands in a backup, by name: SHA-256 (hex) of each entry. */
export type EntryDigests = ReadonlyMap<string, string>;

const longestHeader = 1024;
const mostEntries = 10_000;

/** Entries one after the other; `digests` gets that of each as it goes by. Fails with `backup.source-changed` where one is not so long. */
export async function* entriesAsBytes(
  entries: AsyncIterable<BackupEntry> | Iterable<BackupEntry>,
  digests: Map<string, string>,
): AsyncGenerator<Uint8Array> {
  for await (const { name, bytes, content } of entries) {
    const header = new TextEncoder().encode(JSON.stringify({ name, bytes }));
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, header.length);
    yield concat(length, header);
    const hash = createHash('sha256');
    let left = bytes;
    for await (const part of content) {
      left -= part.length;
      if (left < 0) break;
      hash.update(part);
      yield part;
    }
    if (left !== 0) throw new Failure('backup.source-changed', { name });
    digests.set(name, hash.digest('hex'));
  }
}

/**
 * Reads entries back; `begin` is told of each and may refuse it, and takes its bytes. Each name stands once. Fails with
 * `backup.malformed`.
 */
export async function readEntries(
  reader: ByteReader,
  begin: (entry: { readonly name: string; readonly bytes: number }) => (part: Uint8Array) => void,
): Promise<EntryDigests> {
  const digests = new Map<string, string>();
  while (!(await reader.ended())) {
    const { name, bytes } = await headerOf(reader);
    if (digests.has(name) || digests.size === mostEntries) throw new Failure('backup.malformed', { part: 'entries' });
    const take = begin({ name, bytes });
    const hash: ReturnType<typeof createHash> = createHash('sha256');
    for (let left = bytes; left > 0; ) {
      const part = await reader.some(left);
      if (part === null) throw new Failure('backup.malformed', { part: 'cut' });
      left -= part.length;
      hash.update(part);
      take(part);
    }
    digests.set(name, hash.digest('hex'));
  }
  return digests;
}

async function headerOf(reader: ByteReader): Promise<{ readonly name: string; readonly bytes: number }> {
  const head = await reader.take(4);
  const length = new DataView(head.buffer, head.byteOffset).getUint32(0);
  if (length > longestHeader) throw new Failure('backup.malformed', { part: 'entry' });
  let said: unknown;
  try {
    said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await reader.take(length)));
  } catch {
    throw new Failure('backup.malformed', { part: 'entry' });
  }
  const { name, bytes } = (said ?? {}) as { readonly name?: unknown; readonly bytes?: unknown };
  if (typeof name !== 'string' || typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0)
    throw new Failure('backup.malformed', { part: 'entry' });
  return { name, bytes };
}
