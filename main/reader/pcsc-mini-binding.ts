import type { Card, Client } from 'pcsc-mini/build/addon.node.js';
import { asScardError } from './pcsc-mini-errors.ts';
import { type ScardBinding, type ScardCard, type ScardReaderState, type ScardShareMode, scardState } from './scard.ts';
import { pause, type Scheduler } from './scheduler.ts';

/** What is used of the addon inside `pcsc-mini`. */
export interface PcscMiniAddon {
  newClient(): Client;
  controlCode(functionCode: number): number;
}

/**
 * `pcsc-mini` 0.1.3 as the house's binding. The addon's word on a reader has an answer to reset of the right length and
 * wrong bytes (it copies them from a place that is no longer theirs), so it is asked from the card itself, by a short
 * shared connection, before a card is told of. It stays empty where another program holds the card.
 */
export function pcscMiniBinding(addon: PcscMiniAddon, scheduler: Scheduler): ScardBinding {
  const inTurn = turns();
  const open = async (reader: string, mode: ScardShareMode): Promise<ScardCard> => {
    const client = addon.newClient();
    return asScardCard(addon, client, await settle(() => client.connect(reader, shareModes[mode])));
  };
  const askAtr = async (reader: string): Promise<Uint8Array> => {
    const card = await open(reader, 'shared');
    try {
      return await card.atr();
    } finally {
      await card.disconnect('leave').catch(() => {});
    }
  };
  return {
    name: 'pcsc-mini',
    watch(onState, onEnd) {
      const tell = withAtr((reader) => inTurn(reader, () => askAtr(reader)), onState);
      const client = addon.newClient();
      let lastWord = 0;
      let ended = false;
      try {
        client.start(
          (reader, flags) => {
            lastWord += 1;
            tell(reader, flags);
          },
          (thrown) => {
            ended = true;
            onEnd(asScardError(thrown));
          },
        );
      } catch (thrown) {
        throw asScardError(thrown);
      }
      return {
        async stop() {
          // SCardCancel is lost on a thread that is just between two waits, and the release after it then blocks this
          // process until some card moves: the thread is given time to be back in its wait after its last word.
          for (let heard = -1; !ended && heard !== lastWord; ) {
            heard = lastWord;
            await pause(scheduler, quietMillis);
          }
          try {
            client.stop();
          } catch {
            // The service went before: its context is gone already.
            dead.add(client);
          }
        },
      };
    },
    connect: (reader, mode) => inTurn(reader, () => open(reader, mode)),
  };
}

const quietMillis = 100;

/**
 * Watching clients whose context could not be released since their service had gone. Collected, such a client releases it
 * once more in its finalizer, and what that throws nothing can catch: the process ends. So they are kept, a few kilobytes
 * for each restart of the service.
 */
const dead = new Set<Client>();

/** Lets one call at a time through per reader: asking for an answer to reset must not meet a connection being made. */
function turns(): <T>(reader: string, call: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (reader, call) => {
    const mine = (last.get(reader) ?? Promise.resolve()).then(call, call);
    last.set(reader, mine);
    return mine;
  };
}

/** Passes on the addon's words in their order, each card's answer to reset added once per insertion. */
function withAtr(
  askAtr: (reader: string) => Promise<Uint8Array>,
  onState: (change: ScardReaderState) => void,
): (reader: string, flags: number) => void {
  const none = new Uint8Array();
  const known = new Map<string, { insertion: number; atr: Uint8Array }>();
  const waiting = new Map<string, number[]>();

  const atrOf = (reader: string, flags: number): Uint8Array | null => {
    const mayAsk = (flags & scardState.present) !== 0 && (flags & (scardState.mute | scardState.exclusive)) === 0;
    const entry = known.get(reader);
    if (entry !== undefined && entry.insertion === flags >>> 16 && (flags & scardState.present) !== 0) return entry.atr;
    return mayAsk ? null : none;
  };
  const pass = (reader: string, flags: number, atr: Uint8Array): void => {
    onState({ reader, flags: isGone(flags) ? null : flags, atr });
  };
  const work = async (reader: string, queue: number[]): Promise<void> => {
    for (let flags = queue[0]; flags !== undefined; flags = queue[0]) {
      let atr = atrOf(reader, flags);
      if (atr === null) {
        try {
          atr = await askAtr(reader);
          known.set(reader, { insertion: flags >>> 16, atr });
        } catch {
          // The card left again, or another program took it: the next word tells.
          atr = none;
        }
      }
      queue.shift();
      pass(reader, flags, atr);
    }
    waiting.delete(reader);
  };
  return (reader, flags) => {
    const queue = waiting.get(reader);
    if (queue !== undefined) {
      queue.push(flags);
      return;
    }
    const atr = atrOf(reader, flags);
    if (atr !== null) return pass(reader, flags, atr);
    const begun = [flags];
    waiting.set(reader, begun);
    void work(reader, begun);
  };
}

const unknownReader = 0x0004;
const isGone = (flags: number): boolean => (flags & (unknownReader | scardState.unavailable)) !== 0;

const shareModes: Readonly<Record<ScardShareMode, number>> = { exclusive: 1, shared: 2 };
const dispositions = { leave: 0, unpower: 2 } as const;

function asScardCard(addon: PcscMiniAddon, client: Client, card: Card): ScardCard {
  // One buffer for the connection's life: the addon never lets go of a buffer that it was given.
  let room = new ArrayBuffer(0);
  // The addon keeps bare pointers into these while a call is under way, and `client` owns what `card` points to.
  const inUse: { client: Client; command: Uint8Array | null } = { client, command: null };
  return {
    atr: () => settle(async () => (await card.state()).atr.slice()),
    transmit: (command, maxResponse) =>
      settle(async () => {
        if (room.byteLength < maxResponse) room = new ArrayBuffer(maxResponse);
        inUse.command = command.slice();
        try {
          return (await card.transmit(undefined, inUse.command, room)).slice();
        } finally {
          inUse.command = null;
        }
      }),
    control: (code) =>
      settle(async () => (await card.control('ioctl' in code ? addon.controlCode(code.ioctl) : code.whole)).slice()),
    attribute: (id) => settle(async () => (await card.attributeGet(id)).slice()),
    disconnect: (disposition) =>
      settle(async () => {
        try {
          await card.disconnect(dispositions[disposition]);
        } catch {
          // A card that cannot be unpowered must still be let go, or the service keeps the context.
          await card.disconnect(dispositions.leave);
        }
      }),
  };
}

async function settle<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    throw asScardError(thrown);
  }
}
