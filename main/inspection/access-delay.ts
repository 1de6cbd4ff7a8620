import type { CardTransport } from '../chip/card-transport.ts';
import type { Check } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import { isWrongKey } from './outcome.ts';

/** No step of PACE or BAC takes a chip so long by itself: the whole of PACE takes 1.5 s on a real one (gematik/E-Rezept-App#30). */
const leastDelayMillis = 1_000;

/** A transport that knows how long its slowest answer took. */
export interface TimedTransport {
  readonly transport: CardTransport;
  /** Milliseconds of the slowest answer since the last call of this. */
  takeSlowest(): number;
}

/** The same transport, with every answer timed by `clock` (monotonic milliseconds). */
export function timedTransport(transport: CardTransport, clock: () => number): TimedTransport {
  let slowest = 0;
  return {
    transport: {
      limits: transport.limits,
      async transmit(command) {
        const begun = clock();
        try {
          return await transport.transmit(command);
        } finally {
          slowest = Math.max(slowest, clock() - begun);
        }
      },
    },
    takeSlowest() {
      const taken = slowest;
      slowest = 0;
      return taken;
    },
  };
}

/** A refused key with the chip's delay, where it made us wait; any other failure as it is. */
export function withDelay(failure: Failure, slowestMillis: number): Failure {
  if (!isWrongKey(failure.code) || slowestMillis < leastDelayMillis) return failure;
  return new Failure(failure.code, { ...failure.fields, delayMillis: Math.round(slowestMillis) }, failure);
}

/**
 * How long to wait before another key is tried, in milliseconds; null where the chip refused none, or refused it at once.
 * A chip against which keys are tried holds its answers back longer each time, mostly twice as long: the
 * next wrong key would cost twice what this one did, so that long staff have to look before they try.
 */
export function accessDelay(checks: readonly Check[]): number | null {
  for (const { code, detail } of checks) {
    const { delayMillis } = detail;
    if (isWrongKey(code) && typeof delayMillis === 'number') return 2 * delayMillis;
  }
  return null;
}
