import type { ConfirmBridge, ConfirmView } from '../../preload/confirm-contract.ts';

/** A confirmation window's bridge that shows one step, and refuses what is said in it. */
export function fakeConfirmBridge(view: ConfirmView): ConfirmBridge {
  return {
    ask: async () => ({ ok: true, value: view }),
    answer: async () => ({ ok: false, code: 'operator.refused', fields: {} }),
  };
}
