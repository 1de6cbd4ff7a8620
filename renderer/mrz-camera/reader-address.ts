import { startOwnWorker } from '../face/own-worker.ts';
import address from './zone-reader.ts?worker&url';

/** Starts the reader of filmed lines in a worker of its own. */
export function startZoneReader(): Worker {
  return startOwnWorker(address, 'filmed-lines');
}
