import { createPcscMiniPort } from './pcsc-mini-port.ts';
import { createPcsclitePort } from './pcsclite-port.ts';
import type { ReaderPort } from './port.ts';
import type { ScardPortOptions } from './scard-port.ts';

/** The bindings that a station's setting may name; the first is what is used without a setting. */
export const readerBindings = ['pcsc-mini', 'pcsclite'] as const;

export type ReaderBinding = (typeof readerBindings)[number];

/** The port to this machine's PC/SC readers. Loads nothing before `start` or `connect` is called. */
export function openReaderPort(setting: ReaderBinding = readerBindings[0], options: ScardPortOptions = {}): ReaderPort {
  return setting === 'pcsclite' ? createPcsclitePort(options) : createPcscMiniPort(options);
}
