import type { RandomSource } from '../../crypto/random.ts';
import type { After } from '../../result/after.ts';
import { asFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { KnownBank } from '../bank-acts.ts';
import type { BankConnection } from '../bank-connections.ts';
import type { OrderCalls, TakenOrder } from '../orders-taken.ts';
import { BankService, type ServerState } from './bank-service.ts';
import { type DeskChannel, openDeskChannel } from './desk-channel.ts';
import { DropFolder } from './drop-folder.ts';
import { Exchange } from './exchange.ts';
import type { FolderState } from './folder-fault.ts';

/** The ways that are open now. */
export interface WaysNow {
  /** Whether browsers reach this instance; another one on the same folder may be the one. */
  readonly channel: boolean;
  readonly folders: readonly string[];
  /** The systems whose servers are asked and told. */
  readonly services: readonly string[];
  /** Why what is known of the bank's systems could not be looked at, or a way not be opened; null where all is as it should be. */
  readonly failure: FailureCode | null;
}

/** The ways that are open at a desk. */
export interface OpenWays {
  readonly now: () => WaysNow;
  readonly close: () => Promise<void>;
}

/** What is heard of the ways while they are open. */
export interface WaysHeard {
  /** What is open, when that has become something else. */
  readonly changed: (now: WaysNow) => void;
  /** How the server of a system answers, when that has become something else; the first time too. */
  readonly server: (system: string, state: ServerState) => void;
  /** How the drop folder of a system is, when that has become something else; at first where something is wrong with it. */
  readonly folder: (path: string, state: FolderState) => void;
  /** An order was taken in that was not here before. */
  readonly came: (order: TakenOrder) => void;
  /** An order's answer went out: it lies in the folder, the bank's server has taken it, or the browser was handed it. */
  readonly delivered: (order: TakenOrder) => void;
}

/** How often it is looked whether a system was let in, changed or taken back: another process does that (`banks add`). Milliseconds. */
const lookMillis = 5_000;

/** What the ways stand on. */
export interface WaysGround {
  readonly directory: string;
  readonly after: After;
  /** The instant, ISO 8601 with `Z`. */
  readonly now: () => string;
  readonly random: RandomSource;
  /** `delivered` hears of each order whose answer its server has taken. */
  readonly services: (delivered: (order: TakenOrder) => void) => readonly BankConnection[];
  readonly heard: Omit<WaysHeard, 'came'>;
}

type Answers = OrderCalls & { readonly banks: () => readonly KnownBank[] };

/**
 * Opens the ways that the bank's systems use, and keeps to what is known of them: one that is let in later is heard without a
 * restart, and the way of one that was taken back is closed. Fails as `openDeskChannel` and `knownBanks`; later on whatever fails
 * leaves what is open as it is, and is tried again.
 */
export async function openWays(answers: Answers, ground: WaysGround): Promise<OpenWays> {
  const ways = new Ways(answers, ground);
  try {
    await ways.look();
  } catch (thrown) {
    await ways.close();
    throw thrown;
  }
  ways.lookLater();
  return { now: () => ways.now(), close: () => ways.close() };
}

class Ways {
  readonly #answers: Answers;
  readonly #ground: WaysGround;
  readonly #exchange: Exchange;
  readonly #folders = new Map<string, DropFolder>();
  readonly #services = new Map<string, { readonly kept: string; readonly service: BankService }>();
  #channel: DeskChannel | null = null;
  #failure: FailureCode | null = null;
  #looking: Promise<void> = Promise.resolve();
  #cancel: () => void = () => undefined;
  #closed = false;

  constructor(answers: Answers, ground: WaysGround) {
    this.#answers = answers;
    this.#ground = ground;
    this.#exchange = new Exchange(answers, ground.after);
  }

  now(): WaysNow {
    return {
      channel: this.#channel !== null,
      folders: [...this.#folders.keys()],
      services: [...this.#services.keys()],
      failure: this.#failure,
    };
  }

  async look(): Promise<void> {
    const systems = this.#answers.banks().map(({ system }) => system);
    this.#keepServices(this.#ground.services(this.#ground.heard.delivered));
    await Promise.all(
      this.#keepFolders(
        systems.flatMap(({ ways, folder }) => (ways.includes('folder') && folder !== null ? [folder] : [])),
      ),
    );
    await this.#keepChannel(systems.some(({ ways }) => ways.includes('native-messaging')));
  }

  lookLater(): void {
    this.#cancel = this.#ground.after(lookMillis, () => {
      this.#looking = this.#lookAgain();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#looking;
    for (const { service } of this.#services.values()) service.close();
    for (const folder of this.#folders.values()) folder.close();
    await this.#channel?.close();
    this.#exchange.close();
  }

  async #lookAgain(): Promise<void> {
    const before = JSON.stringify(this.now());
    this.#failure = await this.look().then(
      () => null,
      (thrown: unknown) => asFailure(thrown).code,
    );
    if (this.#closed) return;
    if (JSON.stringify(this.now()) !== before) this.#ground.heard.changed(this.now());
    this.lookLater();
  }

  // One that is reached otherwise than before is another: its certificate may have been renewed.
  #keepServices(connections: readonly BankConnection[]): void {
    const { after, now, heard } = this.#ground;
    const wanted = new Map(connections.map((each) => [each.system, each]));
    for (const [system, { kept, service }] of this.#services) {
      if (wanted.get(system)?.kept === kept) continue;
      service.close();
      this.#services.delete(system);
    }
    for (const [system, { kept, ...connection }] of wanted) {
      if (this.#services.has(system)) continue;
      const service = new BankService({
        ...connection,
        exchange: this.#exchange,
        after,
        now,
        changed: (state) => heard.server(system, state),
      });
      this.#services.set(system, { kept, service });
      // A server that cannot be reached now keeps nobody waiting.
      void service.start();
    }
  }

  #keepFolders(wanted: readonly string[]): readonly Promise<void>[] {
    for (const [path, folder] of this.#folders) {
      if (wanted.includes(path)) continue;
      folder.close();
      this.#folders.delete(path);
    }
    const added = [...new Set(wanted)].filter((path) => !this.#folders.has(path));
    return added.map((path) => {
      const { after, now, heard } = this.#ground;
      const changed = (state: FolderState): void => heard.folder(path, state);
      const folder = new DropFolder(path, this.#exchange, { after, now, delivered: heard.delivered, changed });
      this.#folders.set(path, folder);
      return folder.start();
    });
  }

  // Where another instance on the folder listens, it is asked again: browsers reach us once it has ended.
  async #keepChannel(wanted: boolean): Promise<void> {
    const { directory, random, heard } = this.#ground;
    const exchange: Pick<Exchange, 'ask'> = {
      ask: (token, sender, hear) =>
        this.#exchange.ask(token, sender, (reply, order) => {
          hear(reply, order);
          if (order?.state === 'answered') heard.delivered(order);
        }),
    };
    if (wanted) this.#channel ??= await openDeskChannel(directory, exchange, random);
    else {
      const channel = this.#channel;
      this.#channel = null;
      await channel?.close();
    }
  }
}
