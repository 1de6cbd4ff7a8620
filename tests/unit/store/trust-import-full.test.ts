import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { importTrust } from '../../../main/keeping/import/import-trust.ts';
import { asFailure } from '../../../main/result/failure.ts';
import { readKeyFile } from '../../../main/store/key-file.ts';
import { markKeyFile } from '../../../main/store/marks/mark-key.ts';
import { StoreMarks } from '../../../main/store/marks/store-marks.ts';
import { trustRepository } from '../../../main/store/trust-repository.ts';
import type { Store } from '../../../main/store/types.ts';
import {
  importInto,
  madeAuthorities,
  madeDirectory,
  madeListSigner,
  madeMasterList,
  trustFileOf,
  voucherBy,
} from '../../support/made-trust-files.ts';
import { openIn, temporaryFolder } from './support.ts';

const authorities = madeAuthorities(20);
const older = [trustFileOf('master-list', madeMasterList('260101', authorities.slice(0, 10)))];
const newer = [
  trustFileOf('master-list', madeMasterList('260201', authorities.slice(5))),
  trustFileOf('ldif', new TextEncoder().encode(madeDirectory(30))),
];

const take = (store: Store, files: typeof older) => importTrust(files, voucherBy(madeListSigner), importInto(store));

const stateOf = ({ trust }: Store) => ({
  certificates: trust.list(),
  sources: trust.sources(),
  documentSigners: trust.countDocumentSigners(),
  history: trust.history(),
});

function marksOf(store: Store, database: Database.Database): StoreMarks {
  return new StoreMarks(database, store.path, readKeyFile(markKeyFile(store.directory)));
}

/** The same folder through a connection whose file may become longer by so many pages and no more. */
function withRoom(store: Store): { readonly small: Store; readonly setRoom: (pages: number) => void } {
  const database = new Database(store.path);
  onTestFinished(() => {
    database.close();
  });
  const pages = Number(database.pragma('page_count', { simple: true }));
  return {
    small: { ...store, trust: trustRepository(database, store.path, marksOf(store, database)) },
    setRoom: (room) => void database.pragma(`max_page_count = ${pages + room}`),
  };
}

it('an import that finds no room leaves what was believed as it was, however far it comes', async () => {
  const store = openIn(temporaryFolder(), 'ordinary');
  await take(store, older);
  const before = stateOf(store);
  expect(before.certificates).toHaveLength(10);
  const { small, setRoom } = withRoom(store);
  let refused = 0;
  let refusal = null;
  do {
    setRoom(refused);
    refusal = await take(small, newer).then(() => null, asFailure);
    if (refusal === null) break;
    expect(refusal).toMatchObject({ code: 'storage.full', fields: { path: store.path, sqlite: 'SQLITE_FULL' } });
    expect(stateOf(store)).toEqual(before);
    refused++;
  } while (refused < 1_000);
  // Page by page: while document signers are kept aside, while certificates, sources and the history are written.
  expect(refused).toBeGreaterThan(5);
  expect(stateOf(store)).toMatchObject({ documentSigners: 30, history: [{ undoneBy: null }, { undoneBy: null }] });
  expect(stateOf(store).certificates).toHaveLength(15);
  const database = new Database(store.path, { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
});
