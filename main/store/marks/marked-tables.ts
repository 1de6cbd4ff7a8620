/** A table that a verdict rests on. */
export interface MarkedTable {
  readonly name: string;
  /** Large columns: in the mark of their row, which is compared when the row is used, not in that of the whole table. */
  readonly contents: readonly string[];
}

const table = (name: string, ...contents: readonly string[]): MarkedTable => ({ name, contents });

/** The tables that signing in rests on, and on nothing else. */
export const operatorTables = ['operators', 'operator_tries', 'operators_state'] as const;

/** Every table that a verdict rests on. A table that is neither here nor known to a test as one that needs no mark fails it. */
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
  table('second_readings'),
  table('acts'),
  table('bank_systems'),
  ...operatorTables.map((name) => table(name)),
  table('confirmed_orders'),
  table('orders_indexed'),
  table('station_services'),
  table('log_begun'),
  table('log_signers'),
  table('pulled'),
  table('blocked_list', 'sealed'),
  table('roster_head'),
];

/** The marked table of this name; one that a later app has marks all of its columns alike. */
export function markedTable(name: string): MarkedTable {
  return markedTables.find((each) => each.name === name) ?? table(name);
}
