import type { FailureCode } from '../../result/failure-codes.ts';

export type LogFault = Extract<FailureCode, `log.${string}`>;

/** One thing that speaks against the log; `number` is the record's that it concerns, null for the log as a whole. */
export interface BrokenLeaf {
  readonly number: number | null;
  readonly code: LogFault;
}

/** What a walk over the whole log found. */
export interface LogReport {
  /** How many leaves its newest checkpoint says; null where there is none to be read. */
  readonly size: number | null;
  readonly intact: boolean;
  readonly broken: readonly BrokenLeaf[];
}

/**
 * Whether a checkpoint that lies somewhere says that this folder is not the newest or not the only history of its station: signed by
 * the station, and not continued by this log.
 */
export function speaksAgainst<State extends { readonly code: string | null }>(
  state: State,
): state is State & { readonly code: 'log.older' | 'log.forked' } {
  return state.code === 'log.older' || state.code === 'log.forked';
}
