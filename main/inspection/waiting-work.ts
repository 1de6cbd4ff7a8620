import type { CardTransport } from '../chip/card-transport.ts';

/** A transport under which work can be done while the chip is answering. */
export interface TransportWithWork {
  readonly transport: CardTransport;
  /**
   * Begins `work` as soon as the next command is on its way; without a next command, when `finish` is called. Its failure is
   * kept from nobody: whoever needs the work's result does it again.
   */
  begin(work: () => Promise<void>): { finish(): Promise<void> };
}

/** The same transport; a slow chip's time is used for what the machine has to compute anyway. */
export function transportWithWork(transport: CardTransport): TransportWithWork {
  let waiting: (() => void) | null = null;
  return {
    transport: {
      limits: transport.limits,
      transmit(command) {
        const answer = transport.transmit(command);
        waiting?.();
        return answer;
      },
    },
    begin(work) {
      let done: Promise<void> | null = null;
      const start = (): Promise<void> => {
        waiting = null;
        done ??= work().catch(() => undefined);
        return done;
      };
      waiting = () => void start();
      return { finish: start };
    },
  };
}
