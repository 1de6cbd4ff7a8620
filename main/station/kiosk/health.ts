import * as v from 'valibot';
import type { House } from '../../house/house.ts';
import { longest } from '../../result/bounds.ts';
import { mostCameraNames } from '../../result/camera-uses.ts';
import { asFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { type CameraTrouble, kioskHealthSetting } from '../../result/kiosk-health.ts';
import { deskPatienceMillis, type Timers } from '../timers.ts';

/** A reader that is plugged in anew, or a service that starts again, is back sooner; what lasts longer is told. */
const graceMillis = 5_000;
/** So often it looks whether what it keeps can be kept, and says that it lives. */
const beatMillis = 60_000;
/** A page that stood so long was started well. */
const stableMillis = 5 * 60_000;
/** The hour at which it starts anew, at the earliest so long after the last start. */
const restartHour = 4;
const restartAfterMillis = 2 * 60 * 60_000;

export interface HealthOptions {
  readonly house: Pick<House, 'kind' | 'keyKind' | 'keeping' | 'now' | 'refuseIfBusy'>;
  readonly timers: Timers;
  readonly hindrance: () => FailureCode | null;
  /** How many purposes it offers. */
  readonly purposes: () => number;
  readonly isIdle: () => boolean;
  readonly changed: () => void;
  readonly hour: () => number;
  readonly restart: () => void;
}

/**
 * Whether the kiosk can serve anybody, and if not, why. What comes back by itself (reader, service, disk, page) puts it in order again
 * without anybody. What it finds is kept for `styrk doctor`.
 */
export class KioskHealth {
  readonly #options: HealthOptions;
  #code: FailureCode | null = null;
  #hindrance: FailureCode | null = null;
  #cancelGrace: (() => void) | null = null;
  #cancelBeat: (() => void) | null = null;
  #storage: FailureCode | null = null;
  #page: FailureCode | null = null;
  #cancelPage: (() => void) | null = null;
  #camera: CameraTrouble | null = null;
  #cameras: readonly string[];
  #pagesGone = 0;
  readonly #begunAt: number;

  constructor(options: HealthOptions) {
    this.#options = options;
    this.#begunAt = options.timers.millis();
    this.#cameras = camerasKept(options.house.keeping.settings.get(kioskHealthSetting));
  }

  /** Why it is out of order; null where it serves. */
  get code(): FailureCode | null {
    return this.#code;
  }

  start(): void {
    this.#beat();
  }

  stop(): void {
    this.#cancelGrace?.();
    this.#cancelBeat?.();
    this.#cancelPage?.();
  }

  /** Readers, service or folder may have changed. */
  look(): void {
    const now = this.#options.hindrance();
    // Another program that holds the card for a moment is no fault of the machine.
    const hindrance = now === 'reader.shared' ? null : now;
    if (hindrance === null) {
      this.#cancelGrace?.();
      this.#cancelGrace = null;
      this.#hindrance = null;
    } else if (this.#hindrance === null) {
      this.#cancelGrace ??= this.#options.timers.after(graceMillis, () => {
        this.#cancelGrace = null;
        this.#hindrance = this.#options.hindrance();
        this.#settle();
      });
    } else this.#hindrance = hindrance;
    this.#settle();
  }

  cameraFailed(trouble: CameraTrouble): void {
    this.#camera = trouble;
    this.#keep();
  }

  camerasSeen(names: readonly string[]): void {
    if (names.join('\n') === this.#cameras.join('\n')) return;
    this.#cameras = [...names];
    this.#keep();
  }

  /** A face was seen well: whoever turned the camera has mended it. */
  cameraStands(): void {
    if (this.#camera === null || this.#camera === 'failed') return;
    this.#camera = null;
    this.#keep();
  }

  pageGone(comesAgain: boolean): void {
    this.#pagesGone += 1;
    this.#cancelPage?.();
    this.#cancelPage = null;
    if (!comesAgain) this.#page = 'kiosk.page-gone';
    this.#keep();
    this.#settle();
  }

  /** A page was loaded: it counts as whole once it has stood for a while. */
  pageStands(): void {
    this.#cancelPage?.();
    this.#cancelPage = this.#options.timers.after(stableMillis, () => {
      this.#page = null;
      this.#settle();
    });
  }

  #beat(): void {
    const { timers, isIdle, hour, restart } = this.#options;
    this.#cancelBeat = timers.after(beatMillis, () => this.#beat());
    this.#keep();
    this.look();
    const isDue = hour() === restartHour && timers.millis() - this.#begunAt >= restartAfterMillis;
    if (isDue && isIdle()) restart();
  }

  #keep(): void {
    const { house } = this.#options;
    try {
      house.refuseIfBusy(deskPatienceMillis);
      house.keeping.settings.set(kioskHealthSetting, {
        at: house.now(),
        code: this.#code,
        camera: this.#camera ?? 'not known',
        cameras: this.#cameras,
        pagesGone: this.#pagesGone,
      });
      this.#storage = null;
    } catch (thrown) {
      const { code } = asFailure(thrown);
      // Another process writes for a moment: that is told by whoever has to wait for it.
      this.#storage = code === 'storage.busy' ? this.#storage : code;
    }
  }

  #found(): FailureCode | null {
    const { house, purposes } = this.#options;
    if (house.keyKind() === 'locked') return 'storage.locked';
    if (house.kind !== 'training' && house.keeping.operators.state() === 'none') return 'kiosk.no-operators';
    if (purposes() === 0) return 'kiosk.no-purposes';
    return this.#storage ?? this.#page ?? this.#hindrance;
  }

  #settle(): void {
    const found = this.#found();
    if (found === this.#code) return;
    this.#code = found;
    this.#keep();
    this.#options.changed();
  }
}

const keptCameras = v.object({
  cameras: v.pipe(v.array(v.pipe(v.string(), v.maxLength(longest.cameraName))), v.maxLength(mostCameraNames)),
});

// Who looks in the morning is told what was seen before the restart of the night.
function camerasKept(kept: unknown): readonly string[] {
  const read = v.safeParse(keptCameras, kept);
  return read.success ? read.output.cameras : [];
}
