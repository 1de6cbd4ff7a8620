import { sign } from '../crypto/sealing.ts';
import type { OutboxPart } from '../store/outbox.ts';
import { aNumber, columnsOf, oneRow } from './answers-of-headquarters.ts';
import type { Connection } from './connection.ts';
import { importDelivery, type Marks, writeReceipt } from './delivery-file.ts';
import { type IssueKind, writeIssue } from './issue.ts';

/** Who acts at headquarters: its secret issuing key (Ed25519, 32 bytes) and the instant (ISO 8601). */
export interface Issuing {
  readonly issuingKey: Uint8Array;
  readonly at: string;
}

/**
 * Signs what stations are to take, under the next number of its kind, and puts it where they fetch it. Answers the file as well, for
 * sites without a line. Fails as the connection does.
 */
export async function publishIssue(
  connection: Connection,
  { kind, content }: { readonly kind: IssueKind; readonly content: Uint8Array },
  { issuingKey, at }: Issuing,
): Promise<{ readonly number: number; readonly bytes: Uint8Array }> {
  return connection.atOnce(async () => {
    await connection.ask('LOCK TABLE styrk.issues IN EXCLUSIVE MODE');
    const { rows } = await connection.ask(
      'SELECT coalesce(max(number), 0) AS number FROM styrk.issues WHERE kind = $1',
      [kind],
    );
    const number = columnsOf(oneRow(rows), { number: aNumber }).number + 1;
    const bytes = writeIssue({ kind, number, issuedAt: at, content }, (message) => sign(issuingKey, message));
    await connection.ask('INSERT INTO styrk.issues (kind, number, content) VALUES ($1, $2, $3)', [
      kind,
      number,
      Buffer.from(bytes),
    ]);
    return { number, bytes };
  });
}

/** Takes a station's file of rows, and writes the receipt that goes back. Fails as `importDelivery`. */
export async function takeDeliveryFile(
  connection: Connection,
  bytes: Uint8Array,
  { issuingKey, at }: Issuing,
): Promise<{
  readonly station: string;
  readonly added: Readonly<Record<OutboxPart, number>>;
  readonly marks: Marks;
  readonly receipt: Uint8Array;
}> {
  const taken = await importDelivery(connection, bytes);
  const receipt = writeReceipt({ ...taken, at }, (message) => sign(issuingKey, message));
  return { ...taken, receipt };
}
