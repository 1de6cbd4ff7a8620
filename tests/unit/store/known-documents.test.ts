import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { KnownDocument } from '../../../main/holders/holder.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { copies } from '../../../main/store/retention/erase-copies.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { temporaryFolder, unlockedIn } from './support.ts';

/* Documents that accepted cases put on file: kept with who saw them and when, sealed, and gone with their record (docs/policies.md). */

const seen = (number: string, seenOn: string): KnownDocument => ({
  issuer: 'FRA',
  kind: 'passport',
  number,
  seenBy: 'AB',
  seenOn: seenOn as PlainDate,
});

describe('known documents', () => {
  it('are told of their person, each once, as it was seen last', async () => {
    const { knownDocuments } = await unlockedIn(temporaryFolder());
    knownDocuments.put('r-1', 'c-1', seen('18FV12345', '2026-11-01'));
    knownDocuments.put('r-2', 'c-1', seen('18FV12345', '2026-11-20'));
    knownDocuments.put('r-3', 'c-2', seen('18FV99999', '2026-11-21'));
    expect(knownDocuments.of('c-1')).toEqual([seen('18FV12345', '2026-11-20')]);
    expect(knownDocuments.of('c-3')).toEqual([]);
  });

  it('go with the record that put them there, and stay by another one that is kept', async () => {
    const folder = temporaryFolder();
    const { knownDocuments } = await unlockedIn(folder);
    knownDocuments.put('r-1', 'c-1', seen('18FV12345', '2026-11-01'));
    knownDocuments.put('r-2', 'c-1', seen('18FV12345', '2026-11-20'));
    const database = new Database(join(folder, 'styrk.db'));
    const erase = (id: string) =>
      copies.known_documents?.(
        database,
        { id, holderId: 'c-1', holderElsewhere: true },
        { forgetTaken: () => undefined },
      );
    erase('r-2');
    expect(knownDocuments.of('c-1')).toEqual([seen('18FV12345', '2026-11-01')]);
    erase('r-1');
    expect(knownDocuments.of('c-1')).toEqual([]);
    database.close();
  });

  it('cannot be moved to another person or record', async () => {
    const folder = temporaryFolder();
    const { knownDocuments } = await unlockedIn(folder);
    knownDocuments.put('r-1', 'c-1', seen('18FV12345', '2026-11-01'));
    knownDocuments.put('r-2', 'c-2', seen('18FV99999', '2026-11-01'));
    const database = new Database(join(folder, 'styrk.db'));
    database
      .prepare(
        "UPDATE known_documents SET holder_index = (SELECT holder_index FROM known_documents WHERE record_id = 'r-2')",
      )
      .run();
    database.close();
    expect(failureCodeOf(() => knownDocuments.of('c-2'))).toBe('storage.corrupt');
  });
});
