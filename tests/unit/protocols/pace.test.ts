import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { paceOffers, runPace, zeroedValues } from '../../support/protocol-runs.ts';
import { protocolRuns, soakTimeout } from '../../support/soak-numbers.ts';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

describe('PACE with the chip of the simulator', () => {
  it(
    `${protocolRuns} runs over every mapping, parameter set and cipher, a fifth of them with each value made to begin with zero`,
    async () => {
      // Both lists are gone through with lengths that share no factor, so that each meets each.
      expect(paceOffers.length % zeroedValues.length).not.toBe(0);
      for (let run = 0; run < protocolRuns; run++) {
        const offer = paceOffers[run % paceOffers.length];
        if (offer === undefined) throw new Error('no offer');
        const zeroed = zeroedValues[run % zeroedValues.length] ?? null;
        await expect(
          runPace(offer, zeroed, random),
          `${JSON.stringify(offer)}, zero: ${zeroed}`,
        ).resolves.toBeUndefined();
      }
    },
    soakTimeout,
  );
});
