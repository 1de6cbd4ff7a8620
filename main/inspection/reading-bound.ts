import type { CardTransport } from '../chip/card-transport.ts';
import { Failure } from '../result/failure.ts';

/** What one reading may cost, a second one over shorter lengths included. */
export interface ReadingBound {
  readonly exchanges: number;
  readonly millis: number;
}

/**
 * The longest honest reading is that of a chip of 112 bytes an answer with a face of 60 KB: some 600 exchanges, and less
 * than a minute. Bounds per file alone let a chip that answers one moment before each time-out, and gives little each time,
 * hold the reader for hours.
 */
export const readingBound: ReadingBound = { exchanges: 4_000, millis: 5 * 60_000 };

/**
 * The same transport, which ends in `card.too-slow` once the reading as a whole has gone beyond its bound. `clock` is
 * monotonic, in milliseconds; the time runs from now on. The command that is under way then is still waited for.
 */
export function boundedTransport(
  transport: CardTransport,
  clock: () => number,
  { exchanges: most, millis }: ReadingBound = readingBound,
): CardTransport {
  const begun = clock();
  let exchanges = 0;
  const { reset } = transport;
  return {
    limits: transport.limits,
    async transmit(command) {
      if (exchanges >= most || clock() - begun > millis) throw new Failure('card.too-slow', { exchanges });
      exchanges++;
      return transport.transmit(command);
    },
    ...(reset === undefined ? {} : { reset: () => reset.call(transport) }),
  };
}
