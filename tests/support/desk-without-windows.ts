import { Failure } from '../../main/result/failure.ts';
import type { DeskOptions } from '../../main/station/desk.ts';

const nobody = (): Promise<never> => Promise.reject(new Failure('update.cancelled'));

/** What a desk needs beside its house where no window is open and nobody updates or chooses a file. */
export const deskWithoutWindows = {
  standIn: false,
  newCaseId: () => crypto.randomUUID(),
  workshop: {
    update: nobody,
    importFiles: nobody,
    signingOf: nobody,
    takeBundle: nobody,
    endReading: () => undefined,
  },
  chooseFiles: async () => [],
  chooseNewFile: async () => null,
} satisfies Partial<DeskOptions>;
