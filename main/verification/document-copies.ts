import type { FileName } from '../chip/files.ts';
import type { Inspection } from '../inspection/types.ts';
import type { PolicyTerms } from './terms.ts';

/** The files of a chip as they were read, in base64: copies of documents and data, not redacted (AMLR 2024/1624 art. 77(1)). */
export interface DocumentCopies {
  readonly files: Readonly<Record<string, string>>;
  /** Files that were read and are too large for a record. */
  readonly left: readonly string[];
}

/** Of all files together: a record's content stays below a mebibyte, in base64. */
const mostBytes = 640 * 1024;
const first: readonly FileName[] = ['EF.SOD', 'EF.DG1', 'EF.DG2'];

/** What a record keeps of the document where its policy says `copy`; nothing else. */
export function copiesFor(
  policy: (Pick<PolicyTerms, 'retention'> & { readonly holder: 'on-file' | 'from-document' | 'nobody' }) | null,
  inspection: Pick<Inspection, 'evidence'> | null,
): { readonly copies?: DocumentCopies } {
  const read = inspection?.evidence?.files;
  if (policy?.retention?.keep !== 'copy' || policy.holder === 'nobody' || read === undefined) return {};
  const names = [
    ...first.filter((name) => read.has(name)),
    ...[...read.keys()].filter((name) => !first.includes(name)),
  ];
  const files: Record<string, string> = {};
  const left: string[] = [];
  let room = mostBytes;
  for (const name of names) {
    const bytes = read.get(name) ?? new Uint8Array(0);
    if (bytes.length > room) left.push(name);
    else {
      room -= bytes.length;
      files[name] = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
    }
  }
  return { copies: { files, left } };
}
