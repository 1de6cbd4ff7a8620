import { contextBridge, ipcRenderer } from 'electron';
import * as v from 'valibot';
import {
  type ConfirmBridge,
  type ConfirmMethod,
  type ConfirmResult,
  confirmChannel,
  confirmMethods,
  confirmResultSchema,
} from './confirm-contract.ts';

// The confirmation window's own bridge: its two calls, and no way to any of the desk's.

async function call(method: ConfirmMethod, args: readonly unknown[]): Promise<ConfirmResult> {
  const given = v.safeParse(confirmMethods[method].args, args);
  if (!given.success) return { ok: false, code: 'call.malformed', fields: { part: 'arguments' } };
  const result = v.safeParse(confirmResultSchema, await ipcRenderer.invoke(confirmChannel(method), ...given.output));
  return result.success ? result.output : { ok: false, code: 'call.malformed', fields: { part: 'answer' } };
}

const bridge: ConfirmBridge = {
  ask: () => call('ask', []),
  answer: (input) => call('answer', [input]),
};

contextBridge.exposeInMainWorld('styrkConfirm', bridge);
