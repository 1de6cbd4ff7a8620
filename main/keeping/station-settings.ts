import type { LimitClock } from '../machine/limit-clock.ts';
import { toHex } from '../result/bytes.ts';
import type { CameraUse } from '../result/camera-uses.ts';
import type { NewestDay } from '../store/newest-day.ts';
import type { Store } from '../store/types.ts';
import { standardLimits } from '../trust/path/freshness.ts';
import type { TrustLimits } from '../trust/types.ts';
import { fingerprintOf } from '../trust/x509/fingerprint.ts';
import type { StationKind } from '../verification/types.ts';
import { cameraSet, setCamera } from './camera-setting.ts';
import { stationKeyFile } from './import/station-key-file.ts';
import { type RememberedStep, readerMemory } from './reader-memory.ts';
import { stationKind, stationName } from './station-kind.ts';
import { setTrustLimits, trustLimits } from './station-time.ts';

/** What is set and known of the station itself. */
export interface StationSettings {
  /** Whether it is attended, as an administrator set it; null where nobody has: it counts as unattended. */
  readonly kind: () => StationKind | null;
  /** What it is called; null where nobody has named it. */
  readonly name: () => string | null;
  /** The public key by which it signs its records and bundles, as others are given it; null before the first unlock of the folder. */
  readonly publicKey: () => {
    /** SHA-256 over its 32 bytes, lower-case hex: what another station shows where it stands pinned. */
    readonly fingerprint: string;
    /** PEM (RFC 8410). */
    readonly pem: string;
    /** Its 32 bytes in lower-case hex. */
    readonly hex: string;
  } | null;
  /** The keys that checkpoints of its log are checked with, as texts, its own first; none until the first unlock of the folder. */
  readonly logKeys: () => readonly string[];
  /** How old lists may be. */
  readonly limits: () => TrustLimits;
  /** The app's own, where nobody has set others. */
  readonly standardLimits: TrustLimits;
  /** Sets some of the limits (1 to 3650 days) and leaves the others; null where one of them is out of bounds. */
  readonly setLimits: (change: Partial<TrustLimits>) => TrustLimits | null;
  /** The newest day that the station has seen, in its records and its lists; null without one. */
  readonly newestDay: () => NewestDay | null;
  /** As `LimitClock.newestAt`. */
  readonly newestAt: () => string;
  /** As `cameraSet`. */
  readonly camera: (use: CameraUse) => string | null;
  /** As `setCamera`. */
  readonly setCamera: (use: CameraUse, name: string | null) => void;
  /** The lengths that its readers did not bear. */
  readonly rememberedSteps: () => readonly RememberedStep[];
}

/** The settings of the station of an open data folder. */
export function stationSettings(store: Store, { today, newestAt }: LimitClock): StationSettings {
  const { settings } = store;
  return {
    kind: () => stationKind(settings),
    name: () => stationName(settings),
    publicKey: () => {
      const station = store.station();
      if (station === null) return null;
      const { publicKey } = station;
      return { fingerprint: fingerprintOf(publicKey), pem: stationKeyFile(publicKey), hex: toHex(publicKey) };
    },
    // Fails where others touched what stations are known by: no key of theirs is given out as the station's.
    logKeys: () => (store.station() === null ? [] : (store.log()?.verifierKeys() ?? [])),
    limits: () => trustLimits(settings),
    standardLimits,
    setLimits: (change) => setTrustLimits(settings, change),
    newestDay: () => store.newestDay(),
    newestAt,
    camera: (use) => cameraSet(settings, use),
    setCamera: (use, name) => setCamera(settings, use, name),
    rememberedSteps: () => readerMemory(settings, today).remembered(),
  };
}
