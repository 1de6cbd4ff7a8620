import { createPcscMiniPort, loadPcscMini } from './pcsc-mini-port.ts';
import { pcscdBinding } from './pcscd-binding.ts';
import { createPcsclitePort } from './pcsclite-port.ts';
import type { ReaderPort } from './port.ts';
import { createScardPort, type ScardPortOptions } from './scard-port.ts';
import { systemScheduler } from './scheduler.ts';

/** The bindings that a station's setting may name. */
export const readerBindings = ['pcscd', 'pcsc-mini', 'pcsclite'] as const;

export type ReaderBinding = (typeof readerBindings)[number];

/** What is used without a setting: pcsc-lite's daemon by its socket where there is one, the platform's library elsewhere. */
export const usualBinding: ReaderBinding = process.platform === 'linux' ? 'pcscd' : 'pcsc-mini';

/** The port to this machine's PC/SC readers. Loads nothing before `start` or `connect` is called. */
export function openReaderPort(setting: ReaderBinding = usualBinding, options: ScardPortOptions = {}): ReaderPort {
  if (setting === 'pcsclite') return createPcsclitePort(options);
  if (setting === 'pcsc-mini') return createPcscMiniPort(options);
  const scheduler = options.scheduler ?? systemScheduler;
  return createScardPort('pcscd', async () => pcscdBinding(scheduler, () => loadPcscMini(scheduler)), options);
}
