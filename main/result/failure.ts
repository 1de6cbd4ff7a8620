import type { FailureCode } from './failure-codes.ts';

/** What a failure may carry across rooms and processes: plain values, never personal data, keys or APDU bodies. */
export type FailureFields = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A named failure. Everything that goes wrong in a way that someone must be told about is thrown or returned as one of
 * these; the code's words stand in `resources/failures/`.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly fields: FailureFields;

  constructor(code: FailureCode, fields: FailureFields = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'Failure';
    this.code = code;
    this.fields = fields;
  }
}

/** A failure as it is told, kept and sent: what is left of it without its stack. */
export type PlainFailure = Pick<Failure, 'code' | 'fields'>;

/** The failure behind an unknown thrown value; what is not a `Failure` becomes `internal.unexpected` with its class name only. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  return new Failure('internal.unexpected', { kind }, thrown);
}
