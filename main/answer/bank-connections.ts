import { type HttpsService, httpsService, noServiceFiles, type ServiceFiles } from '../machine/https-service.ts';
import { serviceFromKept, serviceToKeep } from '../machine/kept-https-service.ts';
import { Failure } from '../result/failure.ts';
import type { UnlockedStore } from '../store/types.ts';
import { bankNamed, knownBanks } from './bank-acts.ts';
import { type OrdersGround, orderContentOf, orderOfNumber, type TakenOrder } from './orders-taken.ts';
import { keepServerState, serverState } from './server-states.ts';
import type { ServerState, ServiceGround, Undelivered } from './ways/bank-service.ts';

/**
 * Keeps how the server of a known system is reached: at the address that its file names, by these certificates. One that is connected
 * is not stripped of its own by a call that gives none. Fails with `bank.unknown`, `service.unusable`.
 */
export function connectBank({ store, unlocked }: OrdersGround, id: string, files: ServiceFiles): void {
  const system = bankNamed(store, id);
  if (system === null) throw new Failure('bank.unknown');
  if (system.address === null) throw new Failure('service.unusable', { reason: 'no address' });
  const { bankServices } = unlocked();
  if (bankServices.get(id) !== null && Object.values(files).every((file) => file === null))
    throw new Failure('service.unusable', { reason: 'connected already, and no file given' });
  bankServices.set(id, JSON.stringify(serviceToKeep(httpsService(system.address, files))));
}

/** How the server of a system is reached, and which answers it is owed. */
export interface BankConnection extends Omit<ServiceGround, 'exchange' | 'after' | 'now' | 'changed'> {
  /** How it is reached, as text: another text is another connection. */
  readonly kept: string;
}

/**
 * The servers that orders are fetched from and answers posted to: of the systems that use them and are connected. `delivered` hears of
 * each order whose answer was taken.
 */
export function bankConnections(
  ground: OrdersGround,
  delivered: (order: TakenOrder) => void = () => undefined,
): readonly BankConnection[] {
  const { store, unlocked, clock } = ground;
  const { bankServices, receivedOrders } = unlocked();
  return knownBanks(store).flatMap(({ system }) => {
    const service = serviceOf(bankServices, system.id, system.address);
    if (service === null) return [];
    return [
      {
        system: system.id,
        service,
        kept: JSON.stringify(serviceToKeep(service)),
        undelivered: () => undelivered(receivedOrders, system.id, clock.now()),
        delivered: (number: number) => {
          receivedOrders.noteDelivery(number, clock.now());
          const order = orderOfNumber(ground, number);
          if (order !== null) delivered(order);
        },
        before: () => serverState(store, system.id),
        keep: (state: ServerState) => keepServerState(store, system.id, state),
      },
    ];
  });
}

// All of them are looked through: those of a system that takes none must not stand before those of another.
function undelivered(orders: UnlockedStore['receivedOrders'], system: string, now: string): readonly Undelivered[] {
  const found: Undelivered[] = [];
  for (let after = 0, more = true; more && found.length < mostAtOnce; ) {
    const page = orders.undelivered(mostAtOnce, after);
    for (const { number, answer, content } of page) {
      const order = orderContentOf(content);
      // What its way has carried back is on nobody's list, and is not opened again in each round.
      if (carried.includes(order.way)) orders.noteDelivery(number, now);
      else if (order.system === system && answer !== null) found.push({ number, answer });
    }
    after = page.at(-1)?.number ?? after;
    more = page.length === mostAtOnce;
  }
  return found;
}

const mostAtOnce = 500;
/** Ways that carry the answer back by themselves. */
const carried: readonly string[] = ['folder', 'native-messaging'];

// The address of the file counts, which two administrators stand for; what was kept for another one is not used.
function serviceOf({ get }: UnlockedStore['bankServices'], id: string, address: string | null): HttpsService | null {
  const text = get(id);
  const kept = text === null ? null : serviceFromKept(JSON.parse(text));
  if (kept === null || address === null || kept.address !== httpsService(address, noServiceFiles).address) return null;
  return kept;
}
