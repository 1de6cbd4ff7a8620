import { expect, it } from 'vitest';
import { cameraSet, setCamera } from '../../../main/keeping/camera-setting.ts';
import { longest } from '../../../main/result/bounds.ts';
import type { SettingsRepository } from '../../../main/store/types.ts';
import { failureCodeOf } from '../../support/failure-code.ts';

/* Which camera films what is kept by its name; what is kept and is none is none. */

type Kept = ReturnType<SettingsRepository['get']>;

function settings(kept: Record<string, Kept> = {}) {
  return {
    kept,
    get: (name: string): Kept => kept[name],
    set: (name: string, value: Kept) => {
      kept[name] = value;
    },
  };
}

it('each use has a camera of its own, until the first of the system is to film again', () => {
  const folder = settings();
  expect([cameraSet(folder, 'face'), cameraSet(folder, 'lines')]).toEqual([null, null]);
  setCamera(folder, 'face', 'HD Webcam (046d:082d)');
  expect([cameraSet(folder, 'face'), cameraSet(folder, 'lines')]).toEqual(['HD Webcam (046d:082d)', null]);
  setCamera(folder, 'face', null);
  expect(cameraSet(folder, 'face')).toBeNull();
});

it.each([
  ['a number', 3],
  ['nothing', ''],
  ['a list', ['Webcam']],
  ['what is too long', 'x'.repeat(longest.cameraName + 1)],
])('%s is no name', (_, kept) => {
  expect(cameraSet(settings({ 'camera.face': kept }), 'face')).toBeNull();
});

it('a name that is too long is not kept', () => {
  const folder = settings();
  expect(failureCodeOf(() => setCamera(folder, 'face', 'x'.repeat(longest.cameraName + 1)))).toBe('input.too-large');
  expect(folder.kept).toEqual({});
});
