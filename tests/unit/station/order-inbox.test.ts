import { describe, expect, it } from 'vitest';
import { orderInLink } from '../../../main/answer/order-link.ts';
import type { TakenOrder } from '../../../main/answer/orders-taken.ts';
import type { Sender } from '../../../main/answer/signed-order.ts';
import type { ServerState } from '../../../main/answer/ways/bank-service.ts';
import type { FolderState } from '../../../main/answer/ways/folder-fault.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { WaitingGiven } from '../../../main/station/offered-orders.ts';
import { OrderInbox } from '../../../main/station/order-inbox.ts';
import { anOrder } from '../../support/orders.ts';

/* Orders of the bank's systems as they reach the desk: by links of its pages, and from ways that are open once the folder is. */

function inbox() {
  /** What the desk was offered last, and how often. */
  const desk = { offered: [] as string[], times: 0 };
  /** What staff were told of each link: why it was refused, or that an order came of it. */
  const links: string[] = [];
  const log: string[] = [];
  const senders: Sender[] = [];
  const waiting: TakenOrder[] = [];
  const state = {
    locked: true,
    opened: 0,
    closed: 0,
    nextLook: 0,
    busy: false,
    unopened: 0,
    now: '2026-11-20T12:00:00Z',
    server: (_system: string, _now: ServerState): void => undefined,
    folder: (_path: string, _now: FolderState): void => undefined,
  };
  const listeners = new Set<(order: TakenOrder) => void>();
  const timers = new Set<() => void>();
  const orderOf = (id: string, how: TakenOrder['state'] = 'waiting'): TakenOrder => ({
    number: 1,
    state: how,
    recordId: null,
    order: anOrder({ id }),
    orderHash: 'ab',
    system: { id: 'bank', name: 'Exempelbanken' },
    kid: 'key-1',
    keyPrint: null,
    way: 'link',
    receivedAt: '',
    answer: null,
  });
  const come = (order: TakenOrder): void => {
    waiting.unshift(order);
    for (const listener of listeners) listener(order);
  };
  const one = new OrderInbox({
    answers: {
      waiting: () => {
        if (state.busy) throw new Failure('storage.busy');
        return { orders: waiting, unopened: state.unopened };
      },
      take: async (token, sender) => {
        senders.push(sender);
        if (token === 'no') throw new Failure('order.signature-wrong');
        const taken = orderOf(token, token === 'answered' ? 'answered' : 'waiting');
        come(taken);
        return taken;
      },
      onChange: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      openWays: async ({ server, folder } = {}) => {
        state.server = server ?? state.server;
        state.folder = folder ?? state.folder;
        if (state.busy) throw new Failure('storage.busy');
        state.opened++;
        return {
          now: () => ({ channel: true, folders: [], services: [], failure: null }),
          close: async () => void state.closed++,
        };
      },
    },
    locked: () => state.locked,
    offer: ({ orders: given }: WaitingGiven) => {
      desk.times++;
      desk.offered = given.map(({ order, source, issuerKey }) => `${order.id} ${source} ${issuerKey}`);
    },
    linkOpened: (refused) => void links.push(refused ?? 'taken'),
    now: () => state.now,
    after: (millis, act) => {
      state.nextLook = millis;
      timers.add(act);
      return () => void timers.delete(act);
    },
    log: (event, { code, since }) => void log.push([event, code, since].filter((each) => each).join(' ')),
  });
  /** The next look, whose time has come. */
  const goOff = (): void => {
    for (const act of [...timers]) {
      timers.delete(act);
      act();
    }
  };
  return { one, desk, links, log, senders, waiting, state, come, orderOf, goOff, timers };
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
    const { one, desk, waiting, state, orderOf, timers } = inbox();
    waiting.push(orderOf('yesterday'), orderOf('with a colleague', 'referred'));
    await one.start();
    await one.link('styrk://order/a');
    expect({ ...desk, opened: state.opened }).toEqual({ offered: [], times: 0, opened: 0 });
    state.locked = false;
    await one.start();
    await one.start();
    expect({ offered: desk.offered, opened: state.opened }).toEqual({
      offered: ['a signed key-1', 'yesterday signed key-1'],
      opened: 1,
    });
    await one.close();
    expect({ closed: state.closed, timers: timers.size }).toEqual({ closed: 1, timers: 0 });
  });

  // A link that was refused was a line in the log alone: staff opened it, and nothing came.
  it('are offered as they come; of a link that is refused staff and the log are told', async () => {
    const { one, desk, links, log, senders, state, come, orderOf } = inbox();
    state.locked = false;
    await one.start();
    come(orderOf('b'));
    await one.link('styrk://order/no');
    await one.link('styrk://elsewhere/no');
    expect(desk.offered).toEqual(['b signed key-1']);
    expect(links).toEqual(['order.signature-wrong', 'order.malformed']);
    expect(log).toEqual(links.map((code) => `order-refused ${code}`));
    expect(senders).toEqual([{ way: 'link', origins: [] }]);
    // One that was here before and has its answer would be waited for.
    await one.link('styrk://order/answered');
    await one.link('styrk://order/c');
    state.now = '2026-11-30T08:00:00Z';
    await one.link('styrk://order/c');
    expect(links.slice(2)).toEqual(['order.dealt-with', 'taken', 'order.expired']);
  });

  it('of links that were refused while the folder was locked staff are told once it is open, in their order', async () => {
    const { one, links, state } = inbox();
    await one.link('styrk://elsewhere/no');
    await one.link('styrk://order/a');
    await one.link('styrk://order/no');
    await one.start();
    expect(links).toEqual([]);
    state.locked = false;
    await one.start();
    expect(links).toEqual(['order.malformed', 'taken', 'order.signature-wrong']);
    await one.close();
  });

  it('are not offered once they were dealt with, also by another process, nor when their time or their bank is gone', async () => {
    const { one, desk, waiting, state, come, orderOf, goOff } = inbox();
    state.locked = false;
    await one.start();
    for (const id of ['a', 'b', 'c', 'd']) come(orderOf(id));
    waiting.splice(
      waiting.findIndex(({ order }) => order.id === 'b'),
      1,
      orderOf('b', 'referred'),
    );
    waiting.splice(
      waiting.findIndex(({ order }) => order.id === 'c'),
      1,
    );
    const gone = waiting.findIndex(({ order }) => order.id === 'd');
    waiting.splice(gone, 1, { ...orderOf('d'), system: { id: 'bank', name: null } });
    // And one came in by another process.
    waiting.push(orderOf('e'));
    expect(desk.offered).toHaveLength(4);
    goOff();
    expect(desk.offered).toEqual(['a signed key-1', 'e signed key-1']);
    state.busy = true;
    goOff();
    state.busy = false;
    state.now = '2026-11-30T08:00:00Z';
    goOff();
    expect(desk.offered).toEqual([]);
    await one.close();
  });

  it('are looked for again at once while some are left that were not opened, and not where their number stays', async () => {
    const { one, state, goOff } = inbox();
    state.locked = false;
    state.unopened = 700;
    await one.start();
    const first = state.nextLook;
    state.unopened = 600;
    goOff();
    const second = state.nextLook;
    goOff();
    expect(second).toBe(first);
    expect(state.nextLook).toBeGreaterThan(second);
    await one.close();
  });

  it('are opened with the next change of the desk where the folder was busy at first', async () => {
    const { one, desk, log, waiting, state, come, orderOf } = inbox();
    waiting.push(orderOf('yesterday'));
    state.locked = false;
    state.busy = true;
    await one.start();
    await one.start();
    expect({ ...desk, log }).toEqual({ offered: [], times: 0, log: ['orders-not-open storage.busy'] });
    state.busy = false;
    await one.start();
    come(orderOf('b'));
    expect({ offered: desk.offered, opened: state.opened }).toEqual({
      offered: ['b signed key-1', 'yesterday signed key-1'],
      opened: 1,
    });
  });

  // A bank's developer followed docs/integration.md: the desk's log said nothing of a server that could not be reached.
  it('are missed where a server of the bank does not answer, or a drop folder is gone: the log says so, and when it came back', async () => {
    const { one, log, state } = inbox();
    state.locked = false;
    await one.start();
    const [down, up] = ['2026-11-20T12:00:00Z', '2026-11-20T12:30:00Z'];
    state.server('bank', { code: 'service.not-trusted', call: 'orders', detail: 'SELF_SIGNED_CERT', since: down });
    state.server('bank', { code: null, call: null, detail: null, since: up });
    expect(log.splice(0)).toEqual([`bank-server-failing service.not-trusted ${down}`, `bank-server-reached ${up}`]);
    state.folder('/srv/drop', { code: 'bank.folder-unusable', detail: 'ENOENT', since: down });
    state.folder('/srv/drop', { code: null, detail: null, since: up });
    expect(log).toEqual([`drop-folder-failing bank.folder-unusable ${down}`, `drop-folder-usable ${up}`]);
    await one.close();
  });
});
