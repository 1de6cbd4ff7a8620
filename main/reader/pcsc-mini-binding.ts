import type { Card, Client } from 'pcsc-mini/build/addon.node.js';
import { asScardError } from './pcsc-mini-errors.ts';
import { type ScardBinding, type ScardCard, type ScardShareMode, scardState } from './scard.ts';
import { pause, type Scheduler } from './scheduler.ts';

/** What is used of the addon inside `pcsc-mini`. */
export interface PcscMiniAddon {
  newClient(): Client;
  controlCode(functionCode: number): number;
}

/**
 * `pcsc-mini` 0.1.3 as the house's binding. The addon's word on a reader has an answer to reset of the right length and
 * wrong bytes (it copies them from a place that is no longer theirs), so cards are told of without one. They are not
 * connected to for it: while another program is in a transaction no connection comes back.
 */
export function pcscMiniBinding(addon: PcscMiniAddon, scheduler: Scheduler): ScardBinding {
  return {
    name: 'pcsc-mini',
    watch(onState, onEnd, onReady) {
      const client = addon.newClient();
      let lastWord = 0;
      let ended = false;
      try {
        client.start(
          (reader, flags) => {
            lastWord += 1;
            onState({ reader, flags: isGone(flags) ? null : flags, atr: none });
          },
          (thrown) => {
            ended = true;
            onEnd(asScardError(thrown));
          },
        );
      } catch (thrown) {
        throw asScardError(thrown);
      }
      onReady(false);
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
    async connect(reader, mode) {
      const client = addon.newClient();
      return asScardCard(addon, client, await settle(() => client.connect(reader, shareModes[mode])));
    },
    async direct(reader) {
      const client = addon.newClient();
      return asScardCard(addon, client, await settle(() => client.connect(reader, directMode, noProtocol)));
    },
  };
}

const quietMillis = 100;

/**
 * Watching clients whose context could not be released since their service had gone. Collected, such a client releases it
 * once more in its finalizer, and what that throws nothing can catch: the process ends. So they are kept, a few kilobytes
 * for each restart of the service.
 */
const dead = new Set<Client>();

const none = new Uint8Array();
const unknownReader = 0x0004;
const isGone = (flags: number): boolean => (flags & (unknownReader | scardState.unavailable)) !== 0;

const shareModes: Readonly<Record<ScardShareMode, number>> = { exclusive: 1, shared: 2 };
/** SCARD_SHARE_DIRECT, with which no protocol is agreed upon. */
const directMode = 3;
const noProtocol = 0;
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
