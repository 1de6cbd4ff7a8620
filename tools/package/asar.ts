import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';

/**
 * An archive of Electron's (asar), read as the format is described there: two pickles (the header's size, the header) and then
 * the files' bytes. Every number of the header is compared with the file: an archive of others is no friend.
 */
export interface ArchivedFile {
  readonly path: string;
  /** Null: the file lies beside the archive (`.unpacked`). */
  readonly bytes: Uint8Array | null;
  readonly size: number;
  /** SHA-256 of the whole file as the header says, lower-case hex, null where it says none. */
  readonly digest: string | null;
}

export interface Archive {
  readonly files: readonly ArchivedFile[];
  /** SHA-256 of the header's text, which Windows and macOS builds hold as the archive's digest. */
  readonly headerDigest: string;
}

interface Node {
  readonly files?: Readonly<Record<string, Node>>;
  readonly offset?: string;
  readonly size?: number;
  readonly unpacked?: boolean;
  readonly link?: string;
  readonly integrity?: { readonly algorithm?: string; readonly hash?: string };
}

export class MalformedArchive extends Error {}

const mostHeader = 64 * 1024 * 1024;

/** Reads an archive. Throws `MalformedArchive` for what is none. */
export function readArchive(file: string): Archive {
  const { size } = statSync(file);
  const handle = openSync(file, 'r');
  try {
    const read = (from: number, length: number): Buffer => {
      if (
        !Number.isSafeInteger(from) ||
        !Number.isSafeInteger(length) ||
        from < 0 ||
        length < 0 ||
        from + length > size
      )
        throw new MalformedArchive('a part lies outside the file');
      const bytes = Buffer.alloc(length);
      if (readSync(handle, bytes, 0, length, from) !== length) throw new MalformedArchive('the file is shorter');
      return bytes;
    };
    const start = read(0, 16);
    const headerPickle = start.readUInt32LE(4);
    const headerLength = start.readUInt32LE(12);
    if (start.readUInt32LE(0) !== 4 || headerLength > mostHeader || headerLength > headerPickle)
      throw new MalformedArchive('no archive');
    const header = read(16, headerLength);
    const first = 8 + headerPickle;
    const files: ArchivedFile[] = [];
    walk(parsed(header), '', (path, node) => {
      if (node.link !== undefined) throw new MalformedArchive('a link');
      const length = node.size ?? 0;
      const bytes = node.unpacked === true ? null : read(first + Number(node.offset), length);
      files.push({ path, bytes, size: length, digest: node.integrity?.hash?.toLowerCase() ?? null });
    });
    return { files, headerDigest: createHash('sha256').update(header).digest('hex') };
  } finally {
    closeSync(handle);
  }
}

function parsed(header: Buffer): Node {
  try {
    return JSON.parse(header.toString('utf8')) as Node;
  } catch {
    throw new MalformedArchive('the header is no JSON');
  }
}

function walk(node: Node, path: string, found: (path: string, node: Node) => void): void {
  for (const [name, child] of Object.entries(node.files ?? {})) {
    if (name === '' || name === '.' || name === '..' || /[/\\]/.test(name)) throw new MalformedArchive('a name');
    const below = path === '' ? name : `${path}/${name}`;
    if (child.files === undefined) found(below, child);
    else walk(child, below, found);
  }
}
