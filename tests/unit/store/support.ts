import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RandomSource } from '../../../main/crypto/random.ts';
import type { DataKind } from '../../../main/result/data-kind.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import type { ActsRepository } from '../../../main/store/acts-repository.ts';
import { openStore } from '../../../main/store/open-store.ts';
import type { TrustChange } from '../../../main/store/trust-changes.ts';
import type { KeyProvider, Store, UnlockedStore } from '../../../main/store/types.ts';

export const random: RandomSource = (length) => new Uint8Array(randomBytes(length));
export const today = '2026-11-23' as PlainDate;

/** A folder of its own, gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openIn(directory: string, kind: DataKind = 'training', create = true): Store {
  const store = openStore({ directory, kind, create, random });
  onTestFinished(() => store.close());
  return store;
}

export const ownKeyFileProvider: KeyProvider = { kind: 'key-file', path: null };

export async function unlockedIn(directory: string): Promise<UnlockedStore & { readonly store: Store }> {
  const store = openIn(directory);
  return { ...(await store.unlock(ownKeyFileProvider)), store };
}

/** A change of the trust store that brings nothing but what is given. */
export function trustChange(part: Partial<TrustChange>): TrustChange {
  return {
    at: '2026-11-23T08:00:00Z',
    kind: 'ldif',
    digest: 'd',
    signer: null,
    date: null,
    certificates: [],
    revocationLists: [],
    defectLists: [],
    staged: null,
    remarks: [],
    bundles: [],
    policies: [],
    files: [],
    masterLists: [],
    vouched: [],
    ...part,
  };
}

/** Acts that are made and recorded nowhere, as one change: what of them is kept is tried by itself. */
export function recording({ trust }: Store): Pick<ActsRepository, 'record'> {
  return { record: (_, what) => trust.atOnce(() => what(0)) };
}

/** Takes the tables back to how version 9 had them, for folders of earlier apps that tests make of new ones. */
export const beforeHolderTokens = `
  DROP INDEX received_orders_open; DROP INDEX received_orders_undelivered;
  DROP TABLE holders_leaving; DROP TABLE holder_tokens; DROP TABLE holder_beginnings; DROP TABLE roster_layers;
  DROP TABLE roster_head; ALTER TABLE outgoing_answers DROP COLUMN digest;
  ALTER TABLE holders DROP COLUMN after_layer; ALTER TABLE holders DROP COLUMN tokenized;
  CREATE TABLE holder_words (word_index BLOB NOT NULL, holder INTEGER NOT NULL REFERENCES holders (row) ON DELETE CASCADE,
    PRIMARY KEY (word_index, holder)) STRICT, WITHOUT ROWID;
  CREATE TABLE holder_numbers (number_index BLOB NOT NULL, holder INTEGER NOT NULL REFERENCES holders (row) ON DELETE CASCADE,
    PRIMARY KEY (number_index, holder)) STRICT, WITHOUT ROWID;`;
