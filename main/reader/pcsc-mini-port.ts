import { bindingFailure } from './binding-load.ts';
import { type PcscMiniAddon, pcscMiniBinding } from './pcsc-mini-binding.ts';
import type { ReaderPort } from './port.ts';
import { createScardPort, type ScardPortOptions } from './scard-port.ts';
import { systemScheduler } from './scheduler.ts';

export interface PcscMiniPortOptions extends ScardPortOptions {
  /** Loads the addon; tests hand in another. */
  readonly load?: () => Promise<PcscMiniAddon>;
}

/** The readers of this machine by `pcsc-mini`, which brings its binary for every platform of the product. */
export function createPcscMiniPort(options: PcscMiniPortOptions = {}): ReaderPort {
  const load = options.load ?? importAddon;
  return createScardPort(
    'pcsc-mini',
    async () => {
      try {
        return pcscMiniBinding(await load(), options.scheduler ?? systemScheduler);
      } catch (thrown) {
        throw bindingFailure('pcsc-mini', thrown);
      }
    },
    options,
  );
}

// The addon itself, not the package's classes: those give at most four connections per watch, never give one back when
// its disconnect fails, and cannot be started again when the service died under them.
const importAddon = async (): Promise<PcscMiniAddon> => (await import('pcsc-mini/build/addon.node.js')).default;
