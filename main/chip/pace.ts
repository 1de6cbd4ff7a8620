import type { RandomSource } from '../crypto/random.ts';
import type { AccessResult } from './access.ts';
import type { AccessKey } from './access-key.ts';
import type { ChipChannel } from './channel.ts';
import type { PaceInfo, SecurityInfo } from './security-infos.ts';

/** The PACEInfo that this house would use, the strongest it knows; null where it knows none of those offered. */
export function choosePaceInfo(_infos: readonly SecurityInfo[]): PaceInfo | null {
  throw new Error('being written');
}

/**
 * PACE (9303-11 §4.4) in the master file. Fails with `access.not-offered` (no PACEInfo at all), `access.unsupported` (none
 * that this house knows), `access.wrong-key`, `access.peer-key-invalid`, `access.pace-failed`.
 */
export function performPace(
  _channel: ChipChannel,
  _infos: readonly SecurityInfo[],
  _key: AccessKey,
  _random: RandomSource,
): Promise<AccessResult> {
  throw new Error('being written');
}
