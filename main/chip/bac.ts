import type { RandomSource } from '../crypto/random.ts';
import type { AccessResult } from './access.ts';
import type { ChipChannel } from './channel.ts';

/**
 * Basic access control (9303-11 §4.3) with the MRZ's information; the application must be selected. Fails with
 * `access.wrong-key-maybe`, `access.bac-failed`.
 */
export function performBac(_channel: ChipChannel, _information: string, _random: RandomSource): Promise<AccessResult> {
  throw new Error('being written');
}
