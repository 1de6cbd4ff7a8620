import type { RandomSource } from '../crypto/random.ts';
import type { ServiceFiles } from '../machine/https-service.ts';
import type { LimitClock } from '../machine/limit-clock.ts';
import type { After } from '../result/after.ts';
import type { Store, UnlockedStore } from '../store/types.ts';
import type { GivenOrder } from '../verification/order-case.ts';
import { answerPublicKey, type PublicJwk } from './answer-signer.ts';
import { addBank, type BankWord, bankToAdd, type KnownBank, knownBanks, removeBank } from './bank-acts.ts';
import { bankConnections, connectBank } from './bank-connections.ts';
import { answerAlgorithms, type BankSystem } from './bank-system.ts';
import {
  answerCase,
  noteCase,
  type OpenedOrders,
  type OrderCalls,
  type OrdersGround,
  orderTaken,
  proveOnly,
  type TakenOrder,
  takeOrder,
  type WaitingOrders,
  waitingOrders,
} from './orders-taken.ts';
import { type ReadAnswer, readAnswer } from './read-answer.ts';
import { keepSettling } from './settling.ts';
import { answerCode, shortAnswer } from './short-answer.ts';
import type { SignedOrder } from './signed-order.ts';
import type { ServerState } from './ways/bank-service.ts';
import { folderFault } from './ways/folder-fault.ts';
import { type OpenWays, openWays, type WaysHeard } from './ways/open-ways.ts';

/** Orders from the bank's systems in, and signed answers out: what both front doors ask. All of it needs the key of the folder. */
export interface BankAnswers extends OrderCalls {
  /** As `knownBanks`; needs no key. */
  readonly banks: () => readonly KnownBank[];
  /** As `bankToAdd`: what `addBank` would add. */
  readonly readBank: (file: Uint8Array, word: BankWord) => BankSystem;
  /** As `folderFault`, of a drop folder that may not be known yet. */
  readonly folderFault: (folder: string) => Promise<string | null>;
  /** As `addBank`. */
  readonly addBank: (file: Uint8Array, names: readonly string[], word?: BankWord) => BankSystem;
  /** As `connectBank`. */
  readonly connect: (id: string, files: ServiceFiles) => void;
  /** As `removeBank`. */
  readonly removeBank: (id: string, names: readonly string[]) => void;
  /** The keys by which answers are verified, one for each algorithm. */
  readonly publicKeys: () => readonly PublicJwk[];
  /** Who the station is: `iss` of its answers. */
  readonly stationId: () => string;
  /** As `proveOnly`. */
  readonly prove: (token: string) => Promise<SignedOrder>;
  /** As `waitingOrders`. */
  readonly waiting: () => WaitingOrders;
  /** As `noteCase`. */
  readonly caseKept: (recordId: string, given: GivenOrder) => void;
  /** As `answerCase`. */
  readonly caseEnded: (recordId: string) => TakenOrder | null;
  /** As `readAnswer`, by this station's keys. */
  readonly read: (answer: string) => Promise<ReadAnswer>;
  /** As `shortAnswer`, of an answer that was proved or kept. */
  readonly short: (answer: string) => string;
  /** As `answerCode`. */
  readonly code: (short: string) => string;
  /**
   * As `openWays`: from now on orders come in by themselves, and what was left unanswered is answered (`keepSettling`).
   */
  readonly openWays: (heard?: Partial<WaysHeard>) => Promise<OpenWays>;
  /** How the servers of the systems that are connected answered last, whoever asked them; not those that nobody has asked yet. */
  readonly servers: () => readonly ({ readonly system: string } & ServerState)[];
}

/** The answers of one open data folder. `unlocked` fails with `storage.locked` while it is locked. */
export function bankAnswers(
  store: Store,
  unlocked: () => UnlockedStore,
  { clock, ...around }: { readonly clock: LimitClock; readonly after: After; readonly random: RandomSource },
): BankAnswers {
  const ground: OrdersGround = { store, unlocked, clock };
  const listeners = new Set<(order: TakenOrder) => void>();
  const comers = new Set<(order: TakenOrder) => void>();
  const looked = { opened: new Map(), ends: new Map() } satisfies OpenedOrders;
  const tell = <Order extends TakenOrder | null>(order: Order): Order => {
    if (order !== null) for (const listener of listeners) listener(order);
    return order;
  };
  const publicKeys = () => answerAlgorithms.map((algorithm) => answerPublicKey(unlocked(), algorithm));
  const answers: BankAnswers = {
    banks: () => knownBanks(store),
    readBank: (file, word) => bankToAdd(store, file, word),
    folderFault,
    addBank: (file, names, { audiences } = { audiences: [] }) =>
      addBank(store, unlocked(), file, { names, at: clock.now(), audiences }),
    connect: (id, files) => connectBank(ground, id, files),
    removeBank: (id, names) => removeBank(store, unlocked(), id, { names, at: clock.now() }),
    publicKeys,
    read: (answer) => readAnswer(answer, publicKeys()),
    short: (answer) => shortAnswer(answer, unlocked()),
    code: answerCode,
    stationId: () => unlocked().station.id,
    take: async (token, sender) => {
      const { isNew, order } = await takeOrder(ground, token, sender);
      if (isNew) for (const comer of comers) comer(order);
      return tell(order);
    },
    prove: (token) => proveOnly(ground, token),
    waiting: () => waitingOrders(ground, looked),
    taken: (issuer, id) => orderTaken(ground, issuer, id),
    caseKept: (recordId, given) => noteCase(ground, recordId, given),
    caseEnded: (recordId) => tell(answerCase(ground, recordId)),
    openWays: async ({ came = () => undefined, ...heard } = {}) => {
      // Before they are open: what waits there comes at once.
      const unheard = () => undefined;
      comers.add(came);
      const ways = await openWays(answers, {
        directory: store.directory,
        services: (delivered) => bankConnections(ground, delivered),
        now: () => clock.now(),
        heard: { changed: unheard, server: unheard, folder: unheard, delivered: unheard, ...heard },
        ...around,
      }).catch((thrown) => {
        comers.delete(came);
        throw thrown;
      });
      const endSettling = keepSettling(ground, around.after, tell);
      return {
        ...ways,
        close: async () => {
          endSettling();
          comers.delete(came);
          await ways.close();
        },
      };
    },
    servers: () =>
      bankConnections(ground).flatMap(({ system, before }) => {
        const state = before();
        return state === null ? [] : [{ system, ...state }];
      }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return answers;
}
