import { vi } from 'vitest';
import type * as Runtime from '../../../main/crypto/runtime.ts';
import type { RuntimeEngine } from './no-runtime.ts';

// A runtime whose library takes every second call: what one engine began the other goes on with (decision 0001).
vi.mock('../../../main/crypto/runtime.ts', async (original) => {
  const own = await original<typeof Runtime>();
  let calls = 0;
  const halved = <Of extends readonly unknown[], Answer>(act: (...of: Of) => Answer) => {
    return (...of: Of): Answer | null => (++calls % 2 === 0 ? act(...of) : null);
  };
  const everySecond: RuntimeEngine = {
    runtimeDigest: halved(own.runtimeDigest),
    runtimeHexDigest: halved(own.runtimeHexDigest),
    runtimeSign: halved(own.runtimeSign),
    runtimeVerify: halved(own.runtimeVerify),
    runtimeVerifySoon: async (...of) => (++calls % 2 === 0 ? own.runtimeVerifySoon(...of) : null),
    runtimeRsaPower: halved(own.runtimeRsaPower),
    runtimeVerifyEcdsa: halved(own.runtimeVerifyEcdsa),
    runtimeAesCbc: halved(own.runtimeAesCbc),
    runtimeChachaSeal: halved(own.runtimeChachaSeal),
    runtimeChachaOpen: halved(own.runtimeChachaOpen),
    runtimeMlDsaSign: halved(own.runtimeMlDsaSign),
    runtimeMlDsaVerify: halved(own.runtimeMlDsaVerify),
  };
  return everySecond;
});
