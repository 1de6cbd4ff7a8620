import type { ReaderEvent, ReaderPort } from '../../main/reader/port.ts';

/** The events of a port, in order, for a test that waits for them. */
export interface ReaderEvents {
  readonly all: readonly ReaderEvent[];
  /** Resolves with the first event from the last awaited one on that fits. */
  next<T extends ReaderEvent['type']>(
    type: T,
    fits?: (event: Extract<ReaderEvent, { type: T }>) => boolean,
  ): Promise<Extract<ReaderEvent, { type: T }>>;
}

/** Starts a port and keeps its events. */
export async function startPort(port: ReaderPort): Promise<ReaderEvents> {
  const all: ReaderEvent[] = [];
  let seen = 0;
  let wake = (): void => {};
  await port.start((event) => {
    all.push(event);
    wake();
  });
  return {
    all,
    async next(type, fits = () => true) {
      for (;;) {
        while (seen < all.length) {
          const event = all[seen];
          seen += 1;
          if (event !== undefined && isOf(event, type) && fits(event)) return event;
          // What is waited for would never come: the test ends now, by name, and not at its time-out.
          if (event?.type === 'service' && event.code === 'reader.service-denied') throw new Error(event.code);
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function isOf<T extends ReaderEvent['type']>(event: ReaderEvent, type: T): event is Extract<ReaderEvent, { type: T }> {
  return event.type === type;
}
