import { contextBridge, ipcRenderer } from 'electron';
import * as v from 'valibot';
import { code } from './contract-parts.ts';
import {
  type KioskAnswer,
  type KioskArguments,
  type KioskBridge,
  type KioskCall,
  type KioskMethod,
  kioskChannel,
  kioskMethods,
  kioskStateChannel,
  kioskStateSchema,
} from './kiosk-contract.ts';

// The kiosk's own bridge: its calls, and no way to any of the desk's.

const failureSchema = v.object({ ok: v.literal(false), code });

async function call<M extends KioskMethod>(method: M, ...args: KioskArguments<M>): Promise<KioskCall<M>> {
  if (!Object.hasOwn(kioskMethods, method)) return { ok: false, code: 'call.unknown' };
  const checked = v.safeParse(kioskMethods[method].args, args);
  if (!checked.success) return { ok: false, code: 'call.malformed' };
  const result: unknown = await ipcRenderer.invoke(kioskChannel(method), ...checked.output);
  const failure = v.safeParse(failureSchema, result);
  if (failure.success) return failure.output;
  const success = v.safeParse(v.object({ ok: v.literal(true), value: kioskMethods[method].answer }), result);
  if (!success.success) return { ok: false, code: 'call.malformed' };
  // The schema of a method's answer is the source of its type.
  return { ok: true, value: success.output.value as KioskAnswer<M> };
}

const bridge: KioskBridge = {
  call,
  onState(listener) {
    const hear = (_event: unknown, state: unknown): void => {
      const checked = v.safeParse(kioskStateSchema, state);
      if (checked.success) listener(checked.output);
    };
    ipcRenderer.on(kioskStateChannel, hear);
    return () => ipcRenderer.off(kioskStateChannel, hear);
  },
};

contextBridge.exposeInMainWorld('styrkKiosk', bridge);
