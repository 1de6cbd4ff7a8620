import { vi } from 'vitest';
import type * as Runtime from '../../../main/crypto/runtime.ts';

// A runtime whose library has nothing of what noble can do: every answer is noble's (decision 0001).
vi.mock('../../../main/crypto/runtime.ts', () => {
  const missing: { readonly [Name in keyof typeof Runtime]: (typeof Runtime)[Name] } = {
    runtimeDigest: () => null,
    runtimeHexDigest: () => null,
    runtimeSign: () => null,
    runtimeVerify: () => null,
    runtimeVerifySoon: () => Promise.resolve(null),
    runtimeRsaPower: () => null,
    runtimeVerifyEcdsa: () => null,
    runtimeAesCbc: () => null,
    runtimeChacha: () => null,
    runtimeMlDsaSign: () => null,
    runtimeMlDsaVerify: () => null,
    shortestSealed: 0,
  };
  return missing;
});
