import { vi } from 'vitest';

// A runtime whose library has nothing of what noble can do: every answer is noble's (decision 0001).
vi.mock('../../../main/crypto/runtime.ts', () => ({
  runtimeDigest: () => null,
  runtimeSign: () => null,
  runtimeVerify: () => null,
  runtimeRsaPower: () => null,
  runtimeVerifyEcdsa: () => null,
  runtimeAesCbc: () => null,
}));
