import * as v from 'valibot';
import { longest } from '../result/bounds.ts';
import type { CameraUse } from '../result/camera-uses.ts';
import { Failure } from '../result/failure.ts';
import type { SettingsRepository } from '../store/types.ts';

const nameOf = (use: CameraUse): string => `camera.${use}`;
const cameraName = v.pipe(v.string(), v.minLength(1), v.maxLength(longest.cameraName));

/**
 * The camera that films this, by the name that the system gives it; null where the first of the system does, and where what is kept is
 * no name. Two cameras of one name are not told apart.
 */
export function cameraSet(settings: Pick<SettingsRepository, 'get'>, use: CameraUse): string | null {
  const kept = v.safeParse(cameraName, settings.get(nameOf(use)));
  return kept.success ? kept.output : null;
}

/** Chooses the camera for this; null: the first of the system. Fails with `input.too-large`, and as the data folder does. */
export function setCamera(settings: SettingsRepository, use: CameraUse, name: string | null): void {
  if (name !== null && name.length > longest.cameraName)
    throw new Failure('input.too-large', { limit: longest.cameraName });
  settings.set(nameOf(use), name);
}
