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

/** What shows that a folder is not the newest, or tells not the only history, of its station. */
export const counterEvidence = ['log.older', 'log.forked', 'witness.ahead', 'witness.disagrees'] as const;
/** One of them. */
export type CounterEvidence = (typeof counterEvidence)[number];

/**
 * Whether what lies somewhere, or what a witness found, says that this folder is not the newest or not the only history of its
 * station: a checkpoint that is signed by the station, and not continued by this log.
 */
export function speaksAgainst<State extends { readonly code: string | null }>(
  state: State,
): state is State & { readonly code: CounterEvidence } {
  return counterEvidence.some((code) => code === state.code);
}
