import { expect, it } from 'vitest';
import type { FaceImage } from '../../../main/document/types.ts';
import type { InspectionProgress } from '../../../main/inspection/types.ts';
import { advance, gather, noEvidence, startPosition, stepsView } from '../../../main/station/reading-progress.ts';

const image: FaceImage = {
  format: 'jpeg',
  statedFormat: 'jpeg',
  width: 1,
  height: 1,
  bytes: Uint8Array.of(1),
};
const firstReading: readonly InspectionProgress[] = [
  { type: 'step', step: 'application', state: 'begun' },
  { type: 'step', step: 'application', state: 'ended' },
  { type: 'access', access: { protocol: 'BAC', mapping: null, agreement: null, parameters: null, cipher: '3DES' } },
  { type: 'portrait', image },
  { type: 'file', file: 'EF.DG2', bytesRead: 10, bytesTotal: 20 },
];

it('of a reading that is made once more nothing is shown any longer', () => {
  const shown = firstReading.reduce(gather, noEvidence);
  expect(shown.portrait).toEqual(image);
  expect(gather(shown, { type: 'repeat', code: 'secure-messaging.unprotected-answer' })).toEqual(noEvidence);
  const position = firstReading.reduce(advance, startPosition);
  expect(position.bytesRead).toBe(10);
  const again = advance(position, { type: 'repeat', code: 'secure-messaging.unprotected-answer' });
  expect(again).toEqual(startPosition);
  expect(stepsView(again).every(({ state }) => state === 'waiting')).toBe(true);
});
