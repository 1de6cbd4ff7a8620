import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { copies } from '../../../main/store/retention/erase-copies.ts';
import { temporaryFolder, unlockedIn } from './support.ts';

/* What is erased must be gone everywhere (AMLR 2024/1624 art. 77(3): then they delete). Each table says whether it holds any of it. */

const withoutContent: Readonly<Record<string, string>> = {
  records: 'the record itself, which is emptied',
  chain_head: 'number and hash',
  acts_head: 'number and hash',
  record_retention: 'keyed values of customer, teller, purpose, verdict and document, which go; days and numbers stay',
  retention_indexed: 'a number',
  hold_reasons: 'what an authority asked for; it goes with the last record of its hold',
  confirmed_orders: 'keyed values and ids of records: an order that was confirmed does not become new again',
  orders_indexed: 'a number',
  records_checked: 'a number and a hash of the log',
  acts: 'numbers of records',
  outgoing_erasures: 'numbers and hashes of erased records',
  parcels_sent: 'ids of cases, and digests of what was sealed for another station',
  holder_tokens: 'goes with its holder',
  holder_beginnings: 'keyed tokens of beginnings of words, of nobody by name (docs/roster.md)',
  holders_leaving: 'rows of people whom the register has replaced, removed by the next import',
  roster_layers: 'names of files: the bank’s own register',
  roster_head: 'names of files: the bank’s own register',
};
const station = [
  'outbox',
  'outgoing_answers',
  'delivery_state',
  'pulled',
  'pull_state',
  'pull_refused',
  'parcels_refused',
  'parcel_state',
  'blocked_list',
  'folder',
  'key_slots',
  'station',
  'settings',
  'newest_day',
  'certificates',
  'trust_sources',
  'certificate_sources',
  'revocation_lists',
  'defect_lists',
  'document_signers',
  'pins',
  'trust_imports',
  'trust_bundles',
  'policies',
  'second_readings',
  'marks',
  'row_marks',
  'mark_key',
  'bank_systems',
  'bank_services',
  'answer_key',
  'operators',
  'operator_tries',
  'operators_state',
  'station_services',
];
const logTables = /^log_/;

it('every table holds a copy that is erased with the record, or it is said why it holds none', async () => {
  const folder = temporaryFolder();
  const { store } = await unlockedIn(folder);
  store.close();
  const database = new Database(join(folder, 'styrk.db'), { readonly: true });
  const tables = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all();
  database.close();
  // The log holds hashes of rows, each of a salted commitment (docs/records.md).
  const known = [...Object.keys(copies), ...Object.keys(withoutContent), ...station];
  expect(tables.filter((name) => !logTables.test(name)).toSorted()).toEqual(known.toSorted());
});
