import type { Database } from 'better-sqlite3';
import { brokenActs } from '../../records/act.ts';
import { type Erasure, ledgerOf } from '../../records/retention.ts';
import { allActs } from '../acts-repository.ts';

/** Which records were erased, why and when, as acts say it. */
export interface Erasures {
  /** By acts that fit their chain and the station's signature: what the check of the chain goes by. */
  readonly proved: () => ReadonlyMap<number, Erasure>;
  /** By all acts, for what is only told to people; remembered until another act is there. */
  readonly told: () => ReadonlyMap<number, Erasure>;
}

/** Over the acts of this database. */
export function erasuresIn(
  database: Database,
  station: { readonly id: string; readonly publicKey: Uint8Array },
): Erasures {
  let last: { readonly act: number; readonly erased: ReadonlyMap<number, Erasure> } | null = null;
  return {
    proved: () => {
      const acts = allActs(database);
      const broken = new Set(brokenActs(acts, station));
      return ledgerOf(acts.filter(({ number }) => !broken.has(number))).erased;
    },
    told: () => {
      const act = database.prepare<[], number>('SELECT coalesce(max(number), 0) FROM acts').pluck().get() ?? 0;
      if (last?.act !== act) last = { act, erased: ledgerOf(allActs(database)).erased };
      return last.erased;
    },
  };
}
