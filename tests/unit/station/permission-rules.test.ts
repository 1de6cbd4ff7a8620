import { expect, test } from 'vitest';
import { appOrigin } from '../../../main/station/page-origin.ts';
import { type PermissionQuestion, permissionGranted } from '../../../main/station/permission-rules.ts';

const camera: PermissionQuestion = {
  permission: 'media',
  origin: 'styrk://app/index.html',
  mainFrame: true,
  media: ['video'],
};
const faceStep = { pageOrigin: appOrigin, cameraOpen: true };

test('the camera is granted in the face step', () => {
  expect(permissionGranted(camera, faceStep)).toBe(true);
});

test('and not before or after it', () => {
  expect(permissionGranted(camera, { ...faceStep, cameraOpen: false })).toBe(false);
});

test.each<[string, Partial<PermissionQuestion>]>([
  ['the microphone', { media: ['audio'] }],
  ['the microphone beside the camera', { media: ['video', 'audio'] }],
  ['a medium that is not named', { media: [] }],
  ['an unknown medium', { media: ['unknown'] }],
  ['another page', { origin: 'https://elsewhere.invalid/' }],
  ['a host that begins like ours', { origin: 'styrk://app.elsewhere/' }],
  ['no page', { origin: '' }],
  ['a frame inside the page', { mainFrame: false }],
  ['the location', { permission: 'geolocation' }],
  ['the clipboard', { permission: 'clipboard-read' }],
  ['a smart card', { permission: 'smart-card' }],
  ['something unheard of', { permission: 'brand-new' }],
])('%s is denied', (_name, change) => {
  expect(permissionGranted({ ...camera, ...change }, faceStep)).toBe(false);
});
