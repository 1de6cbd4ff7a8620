import { contextBridge, ipcRenderer } from 'electron';
import * as v from 'valibot';
import { failureCodes } from '../main/result/failure-codes.ts';
import {
  type Answer,
  type Arguments,
  type CallResult,
  callChannel,
  deskChannel,
  deskStateSchema,
  type MethodName,
  methods,
  type StyrkBridge,
} from './contract.ts';

const failureSchema = v.object({
  ok: v.literal(false),
  code: v.picklist(failureCodes),
  fields: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
});

async function call<M extends MethodName>(method: M, ...args: Arguments<M>): Promise<CallResult<M>> {
  if (!Object.hasOwn(methods, method)) return { ok: false, code: 'call.unknown', fields: {} };
  const checked = v.safeParse(methods[method].args, args);
  if (!checked.success) return { ok: false, code: 'call.malformed', fields: { part: 'arguments' } };
  const result: unknown = await ipcRenderer.invoke(callChannel(method), ...checked.output);
  const failure = v.safeParse(failureSchema, result);
  if (failure.success) return failure.output;
  const success = v.safeParse(v.object({ ok: v.literal(true), value: methods[method].answer }), result);
  if (!success.success) return { ok: false, code: 'call.malformed', fields: { part: 'answer' } };
  // The schema of a method's answer is the source of its type.
  return { ok: true, value: success.output.value as Answer<M> };
}

const bridge: StyrkBridge = {
  call,
  onDesk(listener) {
    const hear = (_event: unknown, state: unknown): void => {
      const checked = v.safeParse(deskStateSchema, state);
      if (checked.success) listener(checked.output);
    };
    ipcRenderer.on(deskChannel, hear);
    return () => ipcRenderer.off(deskChannel, hear);
  },
};

contextBridge.exposeInMainWorld('styrk', bridge);
