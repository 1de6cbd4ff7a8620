import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { open, seal } from '../crypto/sealing.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import {
  type BlockedAnswer,
  type BlockedDocument,
  type BlockedListHead,
  blockedKey,
} from '../verification/blocked-documents.ts';
import { guarded } from './database-failure.ts';
import type { StoreMarks } from './marks/store-marks.ts';

/** Headquarters' list of blocked documents, the newest alone. All of it fails with `trust.tampered` where others touched it. */
export interface BlockedDocumentsRepository {
  /** Null where headquarters never sent one. */
  readonly head: () => BlockedListHead | null;
  /** What it says of a document; null where there is no list. Fails with `storage.corrupt` where it does not open. */
  readonly find: (document: Pick<BlockedDocument, 'issuer' | 'kind' | 'number'>) => BlockedAnswer | null;
  /** The whole list in place of the one before. */
  readonly replace: (head: Omit<BlockedListHead, 'documents'>, documents: readonly BlockedDocument[]) => void;
}

type Known = ReadonlyMap<string, Pick<BlockedDocument, 'reason' | 'since'>>;

const utf8 = new TextEncoder();

/** Sealed as one, so that neither a number nor how many are alike can be read here; kept with a mark, so that none is taken away. */
export function blockedDocumentsRepository(
  database: Database,
  path: string,
  {
    sealingKey,
    marks,
    random,
  }: {
    readonly sealingKey: SecretBytes;
    readonly marks: StoreMarks;
    readonly random: RandomSource;
  },
): BlockedDocumentsRepository {
  const contextOf = ({ number, issuedAt }: Pick<BlockedListHead, 'number' | 'issuedAt'>): Uint8Array =>
    utf8.encode(`styrk/blocked-documents/1/${number}/${issuedAt}`);
  // Opened once for each list: it is asked in every case.
  let opened: { readonly key: string; readonly known: Known } | null = null;
  const headIn = (): BlockedListHead | null =>
    database
      .prepare<[], BlockedListHead>(
        'SELECT number, issued_at AS issuedAt, taken_at AS takenAt, documents FROM blocked_list WHERE only_row = 1',
      )
      .get() ?? null;
  // The seal is bound to the list's number, which is marked: an older one in its place does not open.
  const knownIn = (list: BlockedListHead): Known => {
    const key = `${list.number} ${list.issuedAt} ${list.takenAt}`;
    if (opened?.key === key) return opened.known;
    const sealed = database.prepare<[], Uint8Array>('SELECT sealed FROM blocked_list WHERE only_row = 1').pluck().get();
    const plain = sealed === undefined ? null : open(sealingKey.reveal(), sealed, contextOf(list));
    if (plain === null) throw new Failure('storage.corrupt', { path, part: 'blocked-list' });
    const documents: readonly BlockedDocument[] = JSON.parse(new TextDecoder().decode(plain));
    const known = new Map(documents.map((each) => [blockedKey(each), { reason: each.reason, since: each.since }]));
    opened = { key, known };
    return known;
  };
  return {
    head: () => guarded(path, () => marks.read(headIn)),
    find: (document) =>
      guarded(path, () =>
        marks.read(() => {
          const list = headIn();
          return list === null ? null : { list, blocked: knownIn(list).get(blockedKey(document)) ?? null };
        }),
      ),
    replace: (head, documents) => {
      const sealed = seal(sealingKey.reveal(), utf8.encode(JSON.stringify(documents)), contextOf(head), random);
      guarded(path, () =>
        marks.write(() =>
          database
            .prepare(
              `INSERT INTO blocked_list (only_row, number, issued_at, taken_at, documents, sealed)
               VALUES (1, @number, @issuedAt, @takenAt, @documents, @sealed)
               ON CONFLICT (only_row) DO UPDATE SET number = excluded.number, issued_at = excluded.issued_at,
                 taken_at = excluded.taken_at, documents = excluded.documents, sealed = excluded.sealed`,
            )
            .run({ ...head, documents: documents.length, sealed }),
        ),
      );
    },
  };
}
