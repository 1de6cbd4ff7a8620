import { createWire, type Wire } from './wire.ts';

/** Names that the worlds of one page share; made anew for each run. */
export interface WorldNames {
  /** The isolated world of the preload script. */
  readonly world: string;
  /** The function of that world through which Node is called. */
  readonly binding: string;
  /** The function of that world that Node calls. */
  readonly receive: string;
  /** The event on the document by which the two worlds speak. */
  readonly event: string;
}

type Listener = (event: object, ...args: readonly unknown[]) => void;

/**
 * The isolated world: gives the preload script its `require('electron')` with `ipcRenderer` and `contextBridge`. Runs in
 * the page; uses nothing around it.
 */
function isolatedWorld(
  names: WorldNames,
  wire: Wire,
  preload: (require: (name: string) => unknown, module: { exports: object }, exports: object) => void,
): void {
  const page = globalThis as unknown as Record<string, (text: string) => void>;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<Listener>>();
  const functions = new Map<number, (...args: readonly unknown[]) => unknown>();
  let lastId = 0;

  type Incoming =
    | { readonly type: 'reply'; readonly id: number; readonly ok: boolean; readonly value: unknown }
    | { readonly type: 'message'; readonly channel: string; readonly args: readonly unknown[] };

  page[names.receive] = (text) => {
    const message = wire.decode(text) as Incoming;
    if (message.type === 'message') {
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args);
      return;
    }
    const waiter = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) waiter?.resolve(message.value);
    else waiter?.reject(new Error(String(message.value)));
  };

  const ipcRenderer = {
    invoke: (channel: string, ...args: readonly unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        page[names.binding]?.(wire.encode({ id, channel, args }));
      }),
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    off: (channel: string, listener: Listener) => {
      listeners.get(channel)?.delete(listener);
    },
  };

  const say = (detail: object) => document.dispatchEvent(new CustomEvent(`${names.event}-out`, { detail }));
  // A function crosses as a number by which the other world calls it; everything else is copied by the event.
  const outward = (value: unknown): object => {
    if (typeof value !== 'function') return { value };
    const id = ++lastId;
    functions.set(id, value as (...args: readonly unknown[]) => unknown);
    return { function: id };
  };
  const inward = (value: { value?: unknown; function?: number }): unknown =>
    value.function === undefined
      ? value.value
      : (...args: readonly unknown[]) => void say({ type: 'call', function: value.function, args });

  document.addEventListener(`${names.event}-in`, (event) => {
    const {
      id,
      function: called,
      args,
    } = (event as CustomEvent).detail as {
      id: number;
      function: number;
      args: readonly { value?: unknown; function?: number }[];
    };
    const answer = functions.get(called)?.(...args.map(inward));
    if (!(answer instanceof Promise)) {
      say({ type: 'answer', id, answer: outward(answer) });
      return;
    }
    say({ type: 'answer', id, answer: { promised: true } });
    answer.then(
      (value) => say({ type: 'settled', id, ok: true, answer: outward(value) }),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        say({ type: 'settled', id, ok: false, answer: { value: message } });
      },
    );
  });

  const exposed: object[] = [];
  const contextBridge = {
    exposeInMainWorld: (name: string, api: Readonly<Record<string, unknown>>) => {
      const members = Object.entries(api).map(([member, value]) => [member, outward(value)] as const);
      exposed.push({ type: 'expose', name, members });
      say({ type: 'expose', name, members });
    },
  };
  // Which of the two worlds begins first is not told: the other asks when it was late.
  document.addEventListener(`${names.event}-ready`, () => {
    for (const api of exposed) say(api);
  });

  const electron = { ipcRenderer, contextBridge };
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`a sandboxed preload script cannot load ${name}`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports);
}

/** The page's own world: puts there what the preload script exposed. Runs in the page; uses nothing around it. */
function mainWorld(names: WorldNames): void {
  interface Crossing {
    value?: unknown;
    function?: number;
    promised?: boolean;
  }
  const answers = new Map<number, Crossing>();
  const promises = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const functions = new Map<number, (...args: readonly unknown[]) => unknown>();
  let lastId = 0;

  const outward = (value: unknown): Crossing => {
    if (typeof value !== 'function') return { value };
    const id = ++lastId;
    functions.set(id, value as (...args: readonly unknown[]) => unknown);
    return { function: id };
  };
  const inward = (crossing: Crossing): unknown => {
    const called = crossing.function;
    if (called === undefined) return crossing.value;
    return (...args: readonly unknown[]) => {
      const id = ++lastId;
      const detail = { id, function: called, args: args.map(outward) };
      document.dispatchEvent(new CustomEvent(`${names.event}-in`, { detail }));
      const answer = answers.get(id);
      answers.delete(id);
      if (answer === undefined) throw new Error('the preload script did not answer');
      if (answer.promised !== true) return inward(answer);
      return new Promise((resolve, reject) => promises.set(id, { resolve, reject }));
    };
  };

  document.addEventListener(`${names.event}-out`, (event) => {
    const detail = (event as CustomEvent).detail as {
      type: 'expose' | 'answer' | 'settled' | 'call';
      name: string;
      members: readonly (readonly [string, Crossing])[];
      id: number;
      ok: boolean;
      answer: Crossing;
      function: number;
      args: readonly unknown[];
    };
    if (detail.type === 'expose') {
      if (detail.name in globalThis) return;
      const api = Object.freeze(Object.fromEntries(detail.members.map(([member, value]) => [member, inward(value)])));
      Object.defineProperty(globalThis, detail.name, { value: api, enumerable: true });
    } else if (detail.type === 'answer') {
      answers.set(detail.id, detail.answer);
    } else if (detail.type === 'settled') {
      const promise = promises.get(detail.id);
      promises.delete(detail.id);
      if (detail.ok) promise?.resolve(inward(detail.answer));
      else promise?.reject(new Error(String(detail.answer.value)));
    } else {
      functions.get(detail.function)?.(...detail.args);
    }
  });
  document.dispatchEvent(new CustomEvent(`${names.event}-ready`));
}

/** Source for the isolated world: the preload script, run with what it may require. */
export function isolatedWorldSource(names: WorldNames, preload: string): string {
  const given = `function (require, module, exports) {\n${preload}\n}`;
  return `(${isolatedWorld.toString()})(${JSON.stringify(names)}, (${createWire.toString()})(), ${given});`;
}

/** Source for the page's own world. */
export function mainWorldSource(names: WorldNames): string {
  return `(${mainWorld.toString()})(${JSON.stringify(names)});`;
}
