import { failureWords } from '../../resources/failures/failures.ts';
import type { House } from '../house/house.ts';
import { readInputFile } from '../machine/input-file.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { orderBounds, parseOrder } from '../verification/order.ts';
import { type CaseOrder, type GivenOrder, givenOrder } from '../verification/order-case.ts';
import type { CaseFacts } from '../verification/types.ts';
import type { CommandCall, OptionDescriptions } from './command.ts';
import { columns } from './layout.ts';
import { orderRows } from './order-rows.ts';

/** The order that a case is to confirm. */
export const orderOption: OptionDescriptions = {
  order: {
    kind: 'value',
    value: 'FILE',
    help: 'the order that the person confirms, as JSON (see order show): a chip with active authentication signs for it',
  },
};

/** The order of `--order`; null without one. Fails as `parseOrder` and as the file does. */
export function orderGiven({ given }: Pick<CommandCall, 'given'>): GivenOrder | null {
  const path = given.value('order');
  return path === null ? null : givenOrder(parseOrder(readInputFile(path, orderBounds.json)), 'typed');
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
