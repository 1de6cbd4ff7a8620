import { describe, expect, it } from 'vitest';
import type { TakenOrder } from '../../../main/answer/orders-taken.ts';
import type { Sender } from '../../../main/answer/signed-order.ts';
import { Failure } from '../../../main/result/failure.ts';
import { OrderInbox, orderInLink } from '../../../main/station/order-inbox.ts';
import type { GivenOrder } from '../../../main/verification/order-case.ts';
import { anOrder } from '../../support/orders.ts';

/* Orders of the bank's systems as they reach the desk: by links of its pages, and from ways that are open once the folder is. */

function inbox() {
  const offered: string[] = [];
  const log: string[] = [];
  const senders: Sender[] = [];
  const waiting: TakenOrder[] = [];
  const state = { locked: true, opened: 0, closed: 0, busy: false };
  const listeners = new Set<(order: TakenOrder) => void>();
  const orderOf = (id: string, how: TakenOrder['state'] = 'waiting'): TakenOrder => ({
    number: 1,
    state: how,
    order: anOrder({ id }),
    orderHash: '',
    system: { id: 'bank', name: null },
    kid: 'key-1',
    way: 'link',
    receivedAt: '',
    answer: null,
  });
  const tell = (order: TakenOrder): void => {
    for (const listener of listeners) listener(order);
  };
  const one = new OrderInbox({
    answers: {
      waiting: () => waiting,
      take: async (token, sender) => {
        senders.push(sender);
        if (token === 'no') throw new Failure('order.signature-wrong');
        tell(orderOf(token));
        return orderOf(token);
      },
      onChange: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      openWays: async () => {
        if (state.busy) throw new Failure('storage.busy');
        state.opened++;
        return {
          channel: true,
          folders: [],
          services: [],
          exchange: { ask: async () => () => undefined },
          close: async () => void state.closed++,
        };
      },
    },
    locked: () => state.locked,
    offer: ({ order, source, issuerKey }: GivenOrder) => void offered.push(`${order.id} ${source} ${issuerKey}`),
    log: (event, { code }) => void log.push(`${event} ${code}`),
  });
  return { one, offered, log, senders, waiting, state, tell, orderOf };
}

describe('orders at the desk', () => {
  it.each([
    ['styrk://order/a.b.c', 'a.b.c'],
    ['styrk://order/a.b.c/', 'a.b.c'],
    ['styrk://order/a.b.c?x=1', null],
    ['styrk://order/a.b.c#x', null],
    ['styrk://order/', null],
    ['styrk://other/a.b.c', null],
    ['https://order/a.b.c', null],
    [`styrk://order/${'a'.repeat(65_537)}`, null],
  ])('a link is its token and nothing else: %.40s', (link, token) => {
    expect(orderInLink(link)).toBe(token);
  });

  it('wait with a locked folder, and are offered when it is opened, those of yesterday too', async () => {
    const { one, offered, waiting, state, orderOf } = inbox();
    waiting.push(orderOf('yesterday'), orderOf('with a colleague', 'referred'));
    await one.start();
    await one.link('styrk://order/a');
    expect({ offered, opened: state.opened }).toEqual({ offered: [], opened: 0 });
    state.locked = false;
    await one.start();
    await one.start();
    expect({ offered, opened: state.opened }).toEqual({
      offered: ['yesterday signed key-1', 'a signed key-1'],
      opened: 1,
    });
    await one.close();
    expect(state.closed).toBe(1);
  });

  it('are offered as they come, and not once they were dealt with; what does not prove itself is a line in the log', async () => {
    const { one, offered, log, senders, state, tell, orderOf } = inbox();
    state.locked = false;
    await one.start();
    tell(orderOf('b'));
    tell(orderOf('b', 'answered'));
    await one.link('styrk://order/no');
    await one.link('styrk://elsewhere/no');
    expect(offered).toEqual(['b signed key-1']);
    expect(log).toEqual(['order-refused order.signature-wrong']);
    expect(senders).toEqual([{ way: 'link', origins: [] }]);
  });

  it('are opened with the next change of the desk where the folder was busy at first, and offered once', async () => {
    const { one, offered, log, waiting, state, tell, orderOf } = inbox();
    waiting.push(orderOf('yesterday'));
    state.locked = false;
    state.busy = true;
    await one.start();
    await one.start();
    expect({ offered, log }).toEqual({ offered: [], log: ['orders-not-open storage.busy'] });
    state.busy = false;
    await one.start();
    tell(orderOf('b'));
    expect({ offered, opened: state.opened }).toEqual({
      offered: ['yesterday signed key-1', 'b signed key-1'],
      opened: 1,
    });
  });
});
