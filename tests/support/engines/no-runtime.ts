import type * as Runtime from '../../../main/crypto/runtime.ts';

/** The runtime's engine by its functions: whoever fills it leaves none out. */
export type RuntimeEngine = { readonly [Name in keyof typeof Runtime]: (typeof Runtime)[Name] };

/** A runtime whose library has nothing of what noble can do (decision 0001). */
export const noRuntime: RuntimeEngine = {
  runtimeDigest: () => null,
  runtimeHexDigest: () => null,
  runtimeSign: () => null,
  runtimeVerify: () => null,
  runtimeVerifySoon: () => Promise.resolve(null),
  runtimeRsaPower: () => null,
  runtimeVerifyEcdsa: () => null,
  runtimeAesCbc: () => null,
  runtimeChachaSeal: () => null,
  runtimeChachaOpen: () => null,
  runtimeMlDsaSign: () => null,
  runtimeMlDsaVerify: () => null,
};
