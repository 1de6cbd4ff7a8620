import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { machineClock } from '../../main/machine/clock.ts';
import { createChip } from '../../main/simulator/chip/chip.ts';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import { issueSpecimen } from '../../main/simulator/documents/specimens.ts';
import type { ChipFaults } from '../../main/simulator/faults/faults.ts';
import { playIntoVpcd, type VpcdEnd } from '../../main/simulator/vpcd-client.ts';

const portraits = resolve(import.meta.dirname, '../../resources/specimens/portraits');

/** A specimen as it is issued today. */
export function specimenToday(id: string): Specimen {
  return issueSpecimen(id, machineClock.today(), {
    portrait: (file) => new Uint8Array(readFileSync(resolve(portraits, file))),
  });
}

/** A specimen's chip in a virtual reader. */
export interface LaidChip {
  /** Resolves when the chip has left by itself. */
  readonly left: Promise<VpcdEnd>;
  lift(): Promise<void>;
}

/** Plays a specimen's chip into the virtual reader that listens on `port`; resolves when the reader took it. */
export async function layChip(port: number, specimen: Specimen, faults: ChipFaults = {}): Promise<LaidChip> {
  const controller = new AbortController();
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const taken = Promise.withResolvers<void>();
  const left = playIntoVpcd(createChip(specimen, { random, faults }), {
    host: '127.0.0.1',
    port,
    signal: controller.signal,
    pause: (millis) => pause(millis),
    onConnected: () => taken.resolve(),
  });
  left.catch((error: unknown) => taken.reject(error));
  await taken.promise;
  return {
    left,
    lift: async () => {
      controller.abort();
      await left;
    },
  };
}
