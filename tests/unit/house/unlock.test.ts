import { expect, it, vi } from 'vitest';

// The slow hash as it is, but for its costs; how many run at one time is counted.
const counted = vi.hoisted(() => ({ now: 0, most: 0, all: 0 }));
vi.mock(import('../../../main/crypto/sealing.ts'), async (original) => {
  const real = await original();
  return {
    ...real,
    keyOfPassphrase: async (passphrase, salt) => {
      counted.all += 1;
      counted.now += 1;
      counted.most = Math.max(counted.most, counted.now);
      try {
        return await real.keyOfPassphrase(passphrase, salt, { cost: 1024, blockSize: 8, parallelization: 1 });
      } finally {
        counted.now -= 1;
      }
    },
  };
});

import { join, resolve } from 'node:path';
import { openKeeping } from '../../../main/house/open-keeping.ts';
import { machineClock } from '../../../main/machine/clock.ts';
import { passphraseOf } from '../../../main/result/passphrase.ts';
import { temporaryFolder } from '../../support/side-door.ts';

// Each try holds 128 MB: a page that asks a thousand times at once must not have them all at once.
it('passphrases are tried one at a time, in the order in which they came', async () => {
  const directory = join(temporaryFolder(), 'data');
  const resourcesDirectory = resolve(import.meta.dirname, '../../../resources');
  const open = () => openKeeping({ directory, kind: 'ordinary', clock: machineClock, resourcesDirectory });
  const given = (text: string) => ({ kind: 'passphrase', passphrase: passphraseOf(text) }) as const;
  const first = await open();
  await first.unlock(given('correct horse battery'));
  first.close();

  const keeping = await open();
  Object.assign(counted, { now: 0, most: 0, all: 0 });
  const tries = ['wrong horse batteries', 'another horse battery', 'correct horse battery', 'wrong horse batteries'];
  const ends = await Promise.allSettled(tries.map((text) => keeping.unlock(given(text))));
  keeping.close();
  // Once it is open nothing is tried any more.
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
  expect(counted).toEqual({ now: 0, most: 1, all: 3 });
});
