import { failureWords } from '../../resources/failures/failures.ts';
import type { Way } from '../answer/bank-system.ts';
import { orderInLink } from '../answer/order-link.ts';
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
    value: 'FILE | LINK',
    help: 'the order that the person confirms, as JSON or signed by a system of the bank (see order show), or a link that its page opens (styrk://order/TOKEN; a file may hold it): a chip with active authentication signs for it',
  },
};

/** An order of `--order` as it was given: JSON is read already, a signed one is the bank's and needs the folder to be proved. */
export type OrderFile = GivenOrder | { readonly token: string; readonly way: Extract<Way, 'folder' | 'link'> } | null;

/** What a link begins with. */
const linkScheme = 'styrk:';

/** What `--order` gives; null without it. Fails as `parseOrder` and as the file does, with `order.malformed` for a link without a token. */
export function orderFile({ given }: Pick<CommandCall, 'given'>): OrderFile {
  const path = given.value('order');
  if (path === null) return null;
  if (path.startsWith(linkScheme)) return orderOfLink(path.trim());
  const bytes = readInputFile(path, largestFile);
  const text = new TextDecoder().decode(bytes).trim();
  if (text.startsWith(linkScheme)) return orderOfLink(text);
  return isCompactJws(text) ? { token: text, way: 'folder' } : givenOrder(parseOrder(bytes), 'typed');
}

function orderOfLink(text: string): OrderFile {
  const token = orderInLink(text);
  if (token === null) throw new Failure('order.malformed', { field: 'link' });
  return { token, way: 'link' };
}

/** The order of a case. A signed one is taken in, as from a drop folder, or as a link at the desk. Fails as `BankAnswers.take`. */
export async function orderGiven(house: Pick<House, 'answers'>, file: OrderFile): Promise<GivenOrder | null> {
  if (file === null || !('token' in file)) return file;
  const { answers } = house;
  const { order, kid } = await answers.prove(file.token);
  const given = givenOrder(order, 'signed', kid);
  // In a file one that waits already is staff's to take, whichever way it came; its answer goes back by that one. A link is a way of
  // its own.
  if (file.way === 'link' || answers.taken(order.issuer, order.id)?.orderHash !== given.hash)
    await answers.take(file.token, { way: file.way, origins: [] });
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
