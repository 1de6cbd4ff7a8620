import { describe, expect, it } from 'vitest';
import { specimenIds } from '../../../main/simulator/documents/specimen.ts';
import { goldenTranscript, recordedTranscript } from '../../support/golden-transcript.ts';

// Renewed by `node tests/golden/write.ts` where a change of what is said to chips is meant.
describe('fixed randomness in, the same commands out', () => {
  it.each(specimenIds)('%s', async (id) => {
    expect(await goldenTranscript(id)).toEqual(recordedTranscript(id));
  });
});
