import * as v from 'valibot';
import { Failure } from '../result/failure.ts';

/*
 * What headquarters answers is input like any other: rows of the asked form, or none of it is used. PostgreSQL's 64 bits come as
 * text.
 */

/** A whole number from 0 that JavaScript holds exactly. */
export const aNumber = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number))]),
  v.safeInteger(),
  v.minValue(0),
);

/** A digest of 64 hexadecimal digits, or the empty one of a beginning. */
export const aDigest = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{64})?$/));

function malformed(reason: string): Failure {
  return new Failure('service.answer-malformed', { reason });
}

/** The only row. Fails with `service.answer-malformed` where there are more, or none. */
export function oneRow(rows: readonly unknown[]): unknown {
  if (rows.length !== 1) throw malformed('rows');
  return rows[0];
}

/** A row of these columns. Fails with `service.answer-malformed`. */
export function columnsOf<Columns extends v.ObjectEntries>(
  row: unknown,
  columns: Columns,
): v.InferOutput<v.ObjectSchema<Columns, undefined>> {
  const read = v.safeParse(v.object(columns), row);
  if (!read.success) throw malformed('columns');
  return read.output;
}
