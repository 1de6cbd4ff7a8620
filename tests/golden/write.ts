import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { specimenIds } from '../../main/simulator/documents/specimen.ts';
import { goldenDirectory, goldenTranscript } from '../support/golden-transcript.ts';

// Renews every recorded transcript: after a change of what is said to chips that is meant. Look at the difference first.
mkdirSync(goldenDirectory, { recursive: true });
for (const id of specimenIds) {
  const transcript = await goldenTranscript(id);
  writeFileSync(resolve(goldenDirectory, `${id}.json`), `${JSON.stringify(transcript, null, 2)}\n`);
}
