import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import type { ChipFaults } from '../../main/simulator/faults/faults.ts';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import { type LaidChip, layChip } from './chips.ts';
import { type AppOptions, openApp, type RunningApp } from './driver.ts';

/** The app's window, an empty training folder, and a reader of a pcscd of the test's own. */
export interface Branch {
  readonly app: RunningApp;
  readonly directory: string;
  /** With what other programs find the same card service. */
  readonly serviceEnv: { readonly PCSCLITE_CSOCK_NAME: string };
  readonly service: Pick<Pcscd, 'kill' | 'restart' | 'unplug' | 'plug'>;
  lay(specimen: Specimen, faults?: ChipFaults): Promise<LaidChip>;
}

/** Opens a branch whose folder was made ready before, with other words of the start or a film for its camera. */
export type OpenBranch = (
  prepare: (directory: string) => Promise<void>,
  options?: Pick<AppOptions, 'words' | 'film' | 'cameras' | 'kiosk' | 'readers' | 'env'>,
) => Promise<Branch>;

/** A test that gets its own app, data folder and card service, and leaves nothing. */
export const test = base.extend<{ branchWith: OpenBranch; branch: Branch }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of what a fixture needs here
  branchWith: async ({}, use) => {
    const ends: (() => Promise<void>)[] = [];
    const open: OpenBranch = async (prepare, options = {}) => {
      const directory = mkdtempSync(join(tmpdir(), 'styrk-e2e-'));
      ends.unshift(async () => rmSync(directory, { recursive: true, force: true }));
      await prepare(directory);
      const pcscd = await startPcscd();
      ends.unshift(() => pcscd.stop());
      const laid: LaidChip[] = [];
      ends.unshift(async () => void (await Promise.all(laid.map((chip) => chip.lift()))));
      const app = await openApp({ ...options, directory, env: { ...options.env, ...pcscd.env } });
      ends.unshift(() => app.close());
      const lay: Branch['lay'] = async (specimen, faults) => {
        const [port] = pcscd.vpcdPorts;
        if (port === undefined) throw new Error('no reader');
        const chip = await layChip(port, specimen, faults);
        laid.push(chip);
        return chip;
      };
      return { app, directory, serviceEnv: pcscd.env, service: pcscd, lay };
    };
    try {
      await use(open);
    } finally {
      for (const end of ends) await end();
    }
  },
  branch: async ({ branchWith }, use) => use(await branchWith(async () => undefined)),
});
