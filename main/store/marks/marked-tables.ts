/** A table that a verdict rests on. */
export interface MarkedTable {
  readonly name: string;
  /** Large columns: in the mark of their row, which is compared when the row is used, not in that of the whole table. */
  readonly contents: readonly string[];
}

const table = (name: string, ...contents: readonly string[]): MarkedTable => ({ name, contents });

/** Every table that a verdict rests on. A table that is neither here nor in `otherTables` fails a test. */
export const markedTables: readonly MarkedTable[] = [
  table('folder'),
  table('station'),
  table('settings'),
  table('newest_day'),
  table('certificates', 'der'),
  table('trust_sources'),
  table('certificate_sources'),
  table('revocation_lists', 'der'),
  table('defect_lists', 'der'),
  table('document_signers', 'der'),
  table('pins'),
  table('trust_imports'),
  table('trust_bundles'),
  table('policies'),
  table('acts'),
];

/** Why each other table needs no mark. */
export const otherTables: Readonly<Record<string, string>> = {
  key_slots: 'wrapped keys: a changed one opens nothing',
  holders: 'sealed row by row under the master key',
  holder_words: 'indexes keyed by the master key, which lead to sealed rows',
  records: 'chained and signed (decision 0005)',
  chain_head: 'signed by the station',
  marks: 'the mark over all tables itself',
  row_marks: 'marks themselves; that over all tables decides',
  mark_key: 'sealed under the master key',
};

/** The marked table of this name; one that a later app has marks all of its columns alike. */
export function markedTable(name: string): MarkedTable {
  return markedTables.find((each) => each.name === name) ?? table(name);
}
