import { createReadStream } from 'node:fs';
import { openFolder } from '../../main/house/folder.ts';
import { importTrust } from '../../main/keeping/import/import-trust.ts';
import { machineClock } from '../../main/machine/clock.ts';

/*
 * `trust-directory-process.ts FILE DIRECTORY`: takes a directory export into a new data folder and tells as JSON how long it
 * took and how much memory this process ever held.
 */

const [file = '', directory = ''] = process.argv.slice(2);
const store = await openFolder({ directory, kind: 'ordinary', clock: machineClock });
const nothing = (): void => undefined;
const largest = (): number => Math.round((process.resourceUsage().maxRSS * 1_024) / 1e6);
const megabytesBefore = largest();
const begun = performance.now();
const [imported] = await importTrust(
  [
    {
      kind: 'ldif',
      whole: () => {
        throw new Error('a directory export is read as it comes');
      },
      chunks: () => createReadStream(file, { highWaterMark: 256 * 1_024 }),
    },
  ],
  { signer: null, pin: false, names: [], proposal: null },
  { store, clock: machineClock, ownPolicies: new Map(), refusedPublicKeys: new Set(), onProgress: nothing },
);
const seconds = Math.round((performance.now() - begun) / 100) / 10;
const documentSigners = store.trust.countDocumentSigners();
store.close();
if (imported === undefined) throw new Error('nothing was imported');
process.stdout.write(JSON.stringify({ documentSigners, seconds, peakMegabytes: largest(), megabytesBefore }));
