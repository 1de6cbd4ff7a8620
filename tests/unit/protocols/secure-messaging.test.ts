import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ciphers } from '../../../main/simulator/chip/key-derivation.ts';
import { roundTrips } from '../../support/protocol-runs.ts';
import { messagingRoundTrips, soakTimeout } from '../../support/soak-numbers.ts';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const perSession = 25;
const each = messagingRoundTrips / ciphers.length;

describe('secure messaging with the chip of the simulator', () => {
  it.each(ciphers)(
    `%s: ${each} round trips, every ${perSession} under new keys and another counter`,
    (cipher) => {
      for (let trips = 0; trips < each; trips += perSession) {
        expect(() => roundTrips(cipher, perSession, random)).not.toThrow();
      }
    },
    soakTimeout,
  );
});
