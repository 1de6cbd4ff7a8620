import { vi } from 'vitest';
import type * as Runtime from '../../../main/crypto/runtime.ts';

// A runtime whose library takes every second call: what one engine began the other goes on with (decision 0001).
vi.mock('../../../main/crypto/runtime.ts', async (original) => {
  const own = await original<typeof Runtime>();
  let calls = 0;
  const now = (): boolean => ++calls % 2 === 0;
  return {
    runtimeDigest: (...of: Parameters<typeof own.runtimeDigest>) => (now() ? own.runtimeDigest(...of) : null),
    runtimeSign: (...of: Parameters<typeof own.runtimeSign>) => (now() ? own.runtimeSign(...of) : null),
    runtimeVerify: (...of: Parameters<typeof own.runtimeVerify>) => (now() ? own.runtimeVerify(...of) : null),
    runtimeRsaPower: (...of: Parameters<typeof own.runtimeRsaPower>) => (now() ? own.runtimeRsaPower(...of) : null),
    runtimeVerifyEcdsa: (...of: Parameters<typeof own.runtimeVerifyEcdsa>) =>
      now() ? own.runtimeVerifyEcdsa(...of) : null,
    runtimeAesCbc: (...of: Parameters<typeof own.runtimeAesCbc>) => (now() ? own.runtimeAesCbc(...of) : null),
  };
});
