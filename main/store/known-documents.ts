import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { type KeyedIndex, open, seal } from '../crypto/sealing.ts';
import type { KnownDocument } from '../holders/holder.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { guarded } from './database-failure.ts';

/**
 * Documents that accepted cases put on file as a person's, beside those that the bank's register names: a file that comes later
 * replaces the person and leaves these. Each is its record's, and is erased with it.
 */
export interface KnownDocuments {
  /** Of the record that a case left; once for each. */
  put(recordId: string, holderId: string, document: KnownDocument): void;
  /** Each document once, as it was seen last. Fails with `storage.corrupt` for a row that does not open. */
  of(holderId: string): readonly KnownDocument[];
}

const utf8 = new TextEncoder();

/** The known documents of an unlocked folder; they need no mark: a row is sealed with its record and its person. */
export function knownDocuments(
  database: Database,
  path: string,
  keys: { readonly sealingKey: SecretBytes; readonly index: KeyedIndex },
  random: RandomSource,
): KnownDocuments {
  const indexOf = (holderId: string): Uint8Array => keys.index.of(utf8.encode(holderId));
  const contextOf = (recordId: string, index: Uint8Array): Uint8Array =>
    utf8.encode(`styrk/known-document/1/${Buffer.from(index).toString('hex')}/${recordId}`);
  return {
    put: (recordId, holderId, document) =>
      guarded(path, () => {
        const index = indexOf(holderId);
        const plain = utf8.encode(JSON.stringify(document));
        const sealed = seal(keys.sealingKey.reveal(), plain, contextOf(recordId, index), random);
        database
          .prepare('INSERT INTO known_documents (record_id, holder_index, sealed) VALUES (?, ?, ?)')
          .run(recordId, index, sealed);
      }),
    of: (holderId) =>
      guarded(path, () => {
        const index = indexOf(holderId);
        const found = new Map<string, KnownDocument>();
        const rows = database
          .prepare<[Uint8Array], { readonly recordId: string; readonly sealed: Uint8Array }>(
            'SELECT record_id AS recordId, sealed FROM known_documents WHERE holder_index = ? ORDER BY rowid',
          )
          .all(index);
        for (const { recordId, sealed } of rows) {
          const plain = open(keys.sealingKey.reveal(), sealed, contextOf(recordId, index));
          if (plain === null) throw new Failure('storage.corrupt', { path, part: 'known-documents' });
          const document: KnownDocument = JSON.parse(new TextDecoder().decode(plain));
          found.set(JSON.stringify([document.issuer, document.kind, document.number]), document);
        }
        return [...found.values()];
      }),
  };
}
