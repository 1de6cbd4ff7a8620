import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitStatusOf } from '../../../main/commands/exit-status.ts';
import { openFolder, refusedPublicKeys } from '../../../main/house/folder.ts';
import { loadTraining, publishedIssuers } from '../../../main/house/training.ts';
import { machineClock } from '../../../main/machine/clock.ts';
import { publishedIssuerKeyFingerprints } from '../../../main/simulator/issuing/issuers.ts';

const missing = (): never => {
  throw Object.assign(new Error("Cannot find module '/app/out/main/training/training.js'"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
};

describe('a product without training', () => {
  it('says so where training is asked for, and that the machine lacks it', async () => {
    await expect(loadTraining(async () => missing())).rejects.toMatchObject({ code: 'training.not-included' });
    expect(exitStatusOf('training.not-included')).toBe(3);
  });

  it('hides no other fault of the simulator', async () => {
    const broken = async () => {
      throw new TypeError('broken');
    };
    await expect(loadTraining(broken)).rejects.toThrow(TypeError);
  });

  it('makes no folder that it could not use', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'styrk-no-training-'));
    try {
      const opened = openFolder({ directory, kind: 'training', clock: machineClock }, async () => missing());
      await expect(opened).rejects.toMatchObject({ code: 'training.not-included' });
      expect(readdirSync(directory)).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  // resources/training-issuers.json is what such a product refuses the simulator's certificates by.
  it('knows every issuing key that is published with the specimens', () => {
    expect([...publishedIssuers].sort()).toEqual([...publishedIssuerKeyFingerprints()].sort());
    expect(refusedPublicKeys('ordinary')).toBe(publishedIssuers);
    expect(refusedPublicKeys('training').size).toBe(0);
  });
});
