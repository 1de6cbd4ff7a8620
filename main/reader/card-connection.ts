import { asFailure, Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { CardConnection, TransportLimits } from './port.ts';
import { type ScardCard, ScardError } from './scard.ts';
import { scardFailure } from './scard-failures.ts';
import { type Scheduler, withinTime } from './scheduler.ts';

/** SCardTransmit is given room for the longest response APDU: its own default holds a short one only. */
const responseRoom = 65_536 + 2;
const late = Symbol('late');

export interface CardConnectionOptions {
  readonly card: ScardCard;
  /** Connects once more to the card on this reader, after its power was cut. */
  readonly reconnect: () => Promise<ScardCard>;
  readonly reader: string;
  readonly atr: string;
  readonly limits: TransportLimits;
  readonly scheduler: Scheduler;
  readonly transmitTimeoutMillis: number;
  /** What the watch comes to know of reader and card in the next moment; null when they are still there after it. */
  readonly whatHappened: () => Promise<FailureCode | null>;
  /** A call that took too long was given up; `returned` resolves when the binding comes back from it. */
  readonly onStuck: (returned: Promise<void>) => void;
  /** Called once, when the card is let go at last. */
  readonly onReleased: () => void;
}

/**
 * A connection that never hangs: a command that takes longer than the time-out ends in `card.mute`, the call is given up
 * and the connection is dead. Dead connections answer each further command with the failure that ended them; only
 * `reader.communication` leaves a connection alive, so that a long command may be tried again as a short one.
 * SCardReconnect is never called: it would end secure messaging behind the caller's back. Who asks for a reset knows that
 * it does.
 */
export function createCardConnection(options: CardConnectionOptions): CardConnection {
  const { reader, atr, limits, scheduler, transmitTimeoutMillis, whatHappened, onStuck, onReleased } = options;
  let { card } = options;
  let dead: Failure | null = null;
  let closed = false;
  let underWay: Promise<unknown> | null = null;

  const die = (failure: Failure): Failure => {
    if (failure.code !== 'reader.communication') dead ??= failure;
    return failure;
  };
  const explain = async (error: ScardError): Promise<Failure> => {
    const failure = scardFailure(error, 'transmit', { reader });
    // Drivers report a torn card as a failed transfer, and only a moment later as gone.
    const vague = failure.code === 'reader.communication' || failure.code === 'reader.lost';
    const code = vague ? await whatHappened() : null;
    return die(code === null ? failure : new Failure(code, failure.fields, error));
  };
  const release = async (how: 'leave' | 'reset'): Promise<void> => {
    try {
      await card.disconnect(how === 'reset' ? 'unpower' : 'leave');
    } catch {
      // The card, the reader or the service has gone, and the connection with it: closing is always safe.
    } finally {
      onReleased();
    }
  };

  return {
    reader,
    atr,
    limits,
    async transmit(command) {
      if (closed) throw new Failure('reader.lost', { reader, closed: true });
      if (dead !== null) throw new Failure(dead.code, dead.fields);
      if (underWay !== null) throw new Failure('internal.unexpected', { reader, reason: 'busy' });
      const call = card.transmit(command, responseRoom);
      underWay = call;
      let response: Uint8Array | typeof late;
      try {
        response = await withinTime(scheduler, transmitTimeoutMillis, call, late);
      } catch (thrown) {
        underWay = null;
        throw thrown instanceof ScardError ? await explain(thrown) : thrown;
      }
      if (response === late) {
        onStuck(settled(call));
        throw die(new Failure('card.mute', { reader, millis: transmitTimeoutMillis }));
      }
      underWay = null;
      // A card torn out of the field can come back as success with nothing in it.
      if (response.length < 2) throw die(new Failure((await whatHappened()) ?? 'card.removed', { reader }));
      return response;
    },
    async reset() {
      if (closed) throw new Failure('reader.lost', { reader, closed: true });
      if (dead !== null) throw new Failure(dead.code, dead.fields);
      if (underWay !== null) throw new Failure('internal.unexpected', { reader, reason: 'busy' });
      const off = card.disconnect('unpower');
      underWay = off;
      try {
        if ((await withinTime(scheduler, transmitTimeoutMillis, off, late)) === late) {
          onStuck(settled(off));
          throw new Failure('card.mute', { reader, millis: transmitTimeoutMillis });
        }
        underWay = null;
        card = await options.reconnect();
      } catch (thrown) {
        // Whatever it was: there is no card at the other end any more.
        dead = thrown instanceof ScardError ? scardFailure(thrown, 'connect', { reader }) : asFailure(thrown);
        throw dead;
      }
    },
    async close(how = 'leave') {
      if (closed) return;
      closed = true;
      // A binding takes one call at a time: what is under way must come back first, and that may take for ever.
      if (underWay !== null) void settled(underWay).then(() => release(how));
      else await withinTime(scheduler, transmitTimeoutMillis, release(how), undefined);
    },
  };
}

function settled(call: Promise<unknown>): Promise<void> {
  return call.then(
    () => {},
    () => {},
  );
}
