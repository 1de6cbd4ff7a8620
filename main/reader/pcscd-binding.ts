import { concat } from '../result/bytes.ts';
import {
  attributeBody,
  attributeOf,
  attributeResponseBytes,
  connectBody,
  pcscdCommand,
  pcscdMessage,
  readersIn,
  readersStateBytes,
  responseBytes,
  wordAt,
  words,
} from './pcscd-messages.ts';
import { openPcscdSession, type PcscdSession, pcscStatus, SessionLost, UnknownVersion } from './pcscd-session.ts';
import { watchPcscd } from './pcscd-watch.ts';
import { type ScardBinding, type ScardCard, ScardError, type ScardShareMode } from './scard.ts';
import type { Scheduler } from './scheduler.ts';

const socketPath = (): string => process.env.PCSCLITE_CSOCK_NAME || '/run/pcscd/pcscd.comm';

/**
 * PC/SC on Linux without its library: pcsc-lite's daemon is spoken to through its socket (decision 0010). A call that does
 * not come back holds a socket and no thread, so that the process can always end; what the daemon knows of each reader
 * comes without a connection to its card. Where the daemon speaks a version that is not known here, `otherwise` gives the
 * binding by its library.
 */
export function pcscdBinding(scheduler: Scheduler, otherwise: () => Promise<ScardBinding>): ScardBinding {
  const busy = new Set<PcscdSession>();
  const connect = async (reader: string, mode: ShareMode): Promise<ScardCard> => {
    const session = await openPcscdSession(socketPath(), scheduler);
    busy.add(session);
    const closed = (): void => {
      session.close();
      busy.delete(session);
    };
    try {
      return asScardCard(session, await connected(session, reader, mode), reader, closed);
    } catch (thrown) {
      closed();
      if (thrown instanceof SessionLost) await refusedOrGone(scheduler);
      throw thrown;
    }
  };
  return {
    name: 'pcscd',
    watch: (onState, onEnd, onReady) => watchPcscd(socketPath(), scheduler, otherwise, { onState, onEnd, onReady }),
    async connect(reader, mode) {
      try {
        return await connect(reader, mode);
      } catch (thrown) {
        if (!(thrown instanceof UnknownVersion)) throw thrown;
        return (await otherwise()).connect(reader, mode);
      }
    },
    // Where the daemon's version is not known here, nothing is asked of the reader.
    direct: (reader) => connect(reader, 'direct'),
    abandon() {
      for (const session of busy) session.close();
      busy.clear();
    },
  };
}

// A daemon that closes instead of connecting refuses polkit's action `access_card`, unless it has gone itself.
async function refusedOrGone(scheduler: Scheduler): Promise<never> {
  (await openPcscdSession(socketPath(), scheduler)).close();
  throw new ScardError(pcscStatus.securityViolation);
}

const systemScope = 2;
type ShareMode = ScardShareMode | 'direct';
const shareModes: Readonly<Record<ShareMode, number>> = { exclusive: 1, shared: 2, direct: 3 };
const dispositions = { leave: 0, unpower: 2 } as const;
const anyProtocol = 3;
/** `sizeof(SCARD_IO_REQUEST)` of the library: two words of a pointer's size. */
const ioRequestBytes = 16;
const mostControlBytes = 264;
const controlCode = (ioctl: number): number => 0x4200_0000 + ioctl;

interface Handle {
  readonly card: number;
  readonly protocol: number;
}

function succeeded(status: number): void {
  if (status !== 0) throw new ScardError(status);
}

async function connected(session: PcscdSession, reader: string, mode: ShareMode): Promise<Handle> {
  const establish = pcscdMessage(pcscdCommand.establishContext, words(systemScope, 0, 0));
  const context = await session.ask(establish, responseBytes.context);
  succeeded(wordAt(context, 8));
  const body = connectBody(wordAt(context, 4), reader, shareModes[mode], mode === 'direct' ? 0 : anyProtocol);
  const response = await session.ask(pcscdMessage(pcscdCommand.connect, body), responseBytes.connect);
  succeeded(wordAt(response, 148));
  return { card: wordAt(response, 140), protocol: wordAt(response, 144) };
}

function asScardCard(session: PcscdSession, { card, protocol }: Handle, reader: string, closed: () => void): ScardCard {
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      // The daemon went, and the card's connection with it.
      throw thrown instanceof SessionLost ? new ScardError(pcscStatus.noService, thrown) : thrown;
    }
  };
  const disconnect = async (disposition: number): Promise<void> => {
    const body = words(card, disposition, 0);
    const response = await session.ask(pcscdMessage(pcscdCommand.disconnect, body), responseBytes.disconnect);
    succeeded(wordAt(response, 8));
  };
  return {
    atr: () =>
      call(async () => {
        const table = await session.ask(pcscdMessage(pcscdCommand.readersState), readersStateBytes);
        return readersIn(table).find((each) => each.reader === reader)?.atr ?? new Uint8Array();
      }),
    transmit: (command, maxResponse) =>
      call(async () => {
        const body = words(card, protocol, ioRequestBytes, command.length, anyProtocol, ioRequestBytes, maxResponse, 0);
        const message = concat(pcscdMessage(pcscdCommand.transmit, body), command);
        const response = await session.ask(message, responseBytes.transmit);
        succeeded(wordAt(response, 28));
        return session.read(wordAt(response, 24));
      }),
    control: (code) =>
      call(async () => {
        const whole = 'ioctl' in code ? controlCode(code.ioctl) : code.whole;
        const body = words(card, whole, 0, mostControlBytes, 0, 0);
        const response = await session.ask(pcscdMessage(pcscdCommand.control, body), responseBytes.control);
        succeeded(wordAt(response, 20));
        return session.read(wordAt(response, 16));
      }),
    attribute: (id) =>
      call(async () => {
        const message = pcscdMessage(pcscdCommand.getAttribute, attributeBody(card, id));
        const response = await session.ask(message, attributeResponseBytes);
        succeeded(wordAt(response, attributeResponseBytes - 4));
        return attributeOf(response);
      }),
    disconnect: (disposition) =>
      // A card that cannot be unpowered is let go all the same: the daemon lets go of what a closed session held.
      call(() => disconnect(dispositions[disposition])).finally(closed),
  };
}
