import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chipAuthenticationOffers, runChipAuthentication, zeroedValues } from '../../support/protocol-runs.ts';
import { protocolRuns, soakTimeout } from '../../support/soak-numbers.ts';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

describe('chip authentication with the chip of the simulator', () => {
  it(
    `${protocolRuns} runs over every group, form and cipher, a fifth of them with each value made to begin with zero`,
    async () => {
      expect(chipAuthenticationOffers.length % zeroedValues.length).not.toBe(0);
      for (let run = 0; run < protocolRuns; run++) {
        const offer = chipAuthenticationOffers[run % chipAuthenticationOffers.length];
        if (offer === undefined) throw new Error('no offer');
        const zeroed = zeroedValues[run % zeroedValues.length] ?? null;
        await expect(
          runChipAuthentication(offer, zeroed, random),
          `${JSON.stringify(offer)}, zero: ${zeroed}`,
        ).resolves.toBeUndefined();
      }
    },
    soakTimeout,
  );
});
