import { failureWords } from '../../resources/failures/failures.ts';
import type { House } from '../house/house.ts';
import { readInputFile } from '../machine/input-file.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { parseOrder } from '../verification/order.ts';
import { type CaseOrder, type GivenOrder, givenOrder, isCompactJws } from '../verification/order-case.ts';
import type { CaseFacts } from '../verification/types.ts';
import type { CommandCall, OptionDescriptions } from './command.ts';
import { columns } from './layout.ts';
import { orderRows } from './order-rows.ts';

const largestFile = 64 * 1024;

/** The order that a case is to confirm. */
export const orderOption: OptionDescriptions = {
  order: {
    kind: 'value',
    value: 'FILE',
    help: 'the order that the person confirms, as JSON or signed by a system of the bank (see order show): a chip with active authentication signs for it',
  },
};

/** An order of `--order` as it was given: JSON is read already, a signed one is the bank's and needs the folder to be proved. */
export type OrderFile = GivenOrder | { readonly token: string } | null;

/** The file of `--order`; null without one. Fails as `parseOrder` and as the file does. */
export function orderFile({ given }: Pick<CommandCall, 'given'>): OrderFile {
  const path = given.value('order');
  if (path === null) return null;
  const bytes = readInputFile(path, largestFile);
  const text = new TextDecoder().decode(bytes).trim();
  return isCompactJws(text) ? { token: text } : givenOrder(parseOrder(bytes), 'typed');
}

/** The order of a case. A signed one is taken in, as from a drop folder. Fails as `BankAnswers.take`. */
export async function orderGiven(house: Pick<House, 'answers'>, file: OrderFile): Promise<GivenOrder | null> {
  if (file === null || !('token' in file)) return file;
  const { answers } = house;
  const { order, kid } = await answers.prove(file.token);
  const given = givenOrder(order, 'signed', kid);
  // One that waits already is staff's to take, whichever way it came; its answer goes back by that one.
  if (answers.taken(order.issuer, order.id)?.orderHash !== given.hash)
    await answers.take(file.token, { way: 'folder', origins: [] });
  return given;
}

/** Nobody lays a document down for an order that cannot be confirmed. Fails with the first of what speaks against it. */
export function refuseHindered(
  house: Pick<House, 'orders'>,
  order: GivenOrder | null,
  of: Parameters<House['orders']['hindrances']>[1],
): void {
  if (order === null) return;
  const { codes, record } = house.orders.hindrances(order, of);
  const [code] = codes;
  if (code !== undefined) throw new Failure(code, code === 'order.already-confirmed' ? { record } : {});
}

/** The order of a case as its answer tells it. */
export function orderAnswer(order: CaseOrder | undefined, hindrance: FailureCode | null) {
  return order === undefined ? null : { ...order, hindrance };
}

/** What people are told of it; nothing without one. */
export function orderText({ order }: Pick<CaseFacts, 'order'>, hindrance: FailureCode | null): string {
  if (order === undefined) return '';
  const binds = order.boundBy === 'active-authentication' ? 'the chip signed for it' : 'the record of this station';
  const against = hindrance === null ? [] : [['Refused:', `${failureWords('en', hindrance).happened} (${hindrance})`]];
  return `${columns([...orderRows(order.order), ['Bound by:', binds], ...against]).join('\n')}\n`;
}
