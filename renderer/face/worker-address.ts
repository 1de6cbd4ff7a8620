import { startOwnWorker } from './own-worker.ts';
import address from './portrait-decoder.ts?worker&url';

/** Starts the decoder of portraits in a worker of its own. */
export function startDecoder(): Worker {
  return startOwnWorker(address, 'portrait');
}
