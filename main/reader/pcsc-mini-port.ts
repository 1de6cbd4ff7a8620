import { bindingFailure } from './binding-load.ts';
import { type PcscMiniAddon, pcscMiniBinding } from './pcsc-mini-binding.ts';
import type { ReaderPort } from './port.ts';
import type { ScardBinding } from './scard.ts';
import { createScardPort, type ScardPortOptions } from './scard-port.ts';
import { type Scheduler, systemScheduler } from './scheduler.ts';

export interface PcscMiniPortOptions extends ScardPortOptions {
  /** Loads the addon; tests hand in another. */
  readonly load?: () => Promise<PcscMiniAddon>;
}

/** The readers of this machine by `pcsc-mini`, which brings its binary for every platform of the product. */
export function createPcscMiniPort(options: PcscMiniPortOptions = {}): ReaderPort {
  const scheduler = options.scheduler ?? systemScheduler;
  return createScardPort('pcsc-mini', () => loadPcscMini(scheduler, options.load), options);
}

/** The binding itself. Fails with `reader.binding-missing` or `reader.binding-abi`. */
export async function loadPcscMini(scheduler: Scheduler, load = importAddon): Promise<ScardBinding> {
  try {
    return pcscMiniBinding(await load(), scheduler);
  } catch (thrown) {
    throw bindingFailure('pcsc-mini', thrown);
  }
}

// The addon itself, not the package's classes: those give at most four connections per watch, never give one back when
// its disconnect fails, and cannot be started again when the service died under them.
const importAddon = async (): Promise<PcscMiniAddon> => (await import('pcsc-mini/build/addon.node.js')).default;
