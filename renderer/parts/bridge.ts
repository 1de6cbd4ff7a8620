import { createContext, use } from 'react';
import type { StyrkBridge } from '../../preload/contract.ts';

/** What the preload script put on the page. Throws where it is missing: the page cannot do anything alone. */
export function bridge(): StyrkBridge {
  const found = (globalThis as { readonly styrk?: StyrkBridge }).styrk;
  if (found === undefined) throw new Error('the bridge to the main process is missing');
  return found;
}

export const BridgeContext = createContext<StyrkBridge | null>(null);

/** The bridge as the page around was given it. */
export function useBridge(): StyrkBridge {
  const given = use(BridgeContext);
  if (given === null) throw new Error('no bridge was given');
  return given;
}
