import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import type { ChipFaults } from '../../main/simulator/faults/faults.ts';
import { startPcscd } from '../support/pcscd.ts';
import { type LaidChip, layChip } from './chips.ts';
import { openApp, type RunningApp } from './driver.ts';

/** The app's window, an empty training folder, and a reader of a pcscd of the test's own. */
export interface Branch {
  readonly app: RunningApp;
  readonly directory: string;
  lay(specimen: Specimen, faults?: ChipFaults): Promise<LaidChip>;
}

/** A test that gets its own app, data folder and card service, and leaves nothing. */
export const test = base.extend<{ branch: Branch }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of what a fixture needs here
  branch: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'styrk-e2e-'));
    const pcscd = await startPcscd();
    const app = await openApp({ directory, env: pcscd.env });
    const laid: LaidChip[] = [];
    const lay: Branch['lay'] = async (specimen, faults) => {
      const [port] = pcscd.vpcdPorts;
      if (port === undefined) throw new Error('no reader');
      const chip = await layChip(port, specimen, faults);
      laid.push(chip);
      return chip;
    };
    try {
      await use({ app, directory, lay });
    } finally {
      await app.close();
      await Promise.all(laid.map((chip) => chip.lift()));
      await pcscd.stop();
      rmSync(directory, { recursive: true, force: true });
    }
  },
});
