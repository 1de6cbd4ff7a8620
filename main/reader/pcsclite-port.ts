import { bindingFailure } from './binding-load.ts';
import { requireInside } from './installation.ts';
import type { ReaderPort } from './port.ts';
import { type ScardBinding, type ScardCard, ScardError, type ScardShareMode, scardState } from './scard.ts';
import { createScardPort, type ScardPortOptions } from './scard-port.ts';

/** `pcsclite` 1.0.1 as its documentation describes it, as far as it is used here. */
export type PcscliteModule = () => PcscliteWatch;

export interface PcscliteWatch {
  on(event: 'reader', listener: (reader: PcscliteReader) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): void;
}

export interface PcscliteReader {
  readonly name: string;
  connected: boolean;
  on(event: 'status', listener: (status: { readonly state: number; readonly atr?: Uint8Array }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  get_status(callback: (error: Error | null | undefined, state: number, atr?: Uint8Array) => void): void;
  connect(
    options: { share_mode: number; protocol: number },
    callback: (error: Error | null | undefined, protocol: number) => void,
  ): void;
  disconnect(disposition: number, callback: (error?: Error | null) => void): void;
  transmit(
    command: Buffer,
    maxResponse: number,
    protocol: number,
    callback: (error: Error | null | undefined, response: Uint8Array) => void,
  ): void;
  control(
    data: Buffer,
    code: number,
    maxResponse: number,
    callback: (error: Error | null | undefined, response: Uint8Array) => void,
  ): void;
  SCARD_CTL_CODE(code: number): number;
  close(): void;
}

export interface PcsclitePortOptions extends ScardPortOptions {
  /** Loads the module; tests hand in another. */
  readonly load?: () => Promise<PcscliteModule>;
}

/**
 * The readers of this machine by `pcsclite`, where it is installed and built for the running ABI. It is no dependency of
 * this project and is loaded here alone. Two limits are its own: a card that never answers holds up the whole process as
 * soon as its reader's state changes (both take the same lock), and it crashes in worker threads.
 */
export function createPcsclitePort(options: PcsclitePortOptions = {}): ReaderPort {
  const load = options.load ?? importPcsclite;
  return createScardPort(
    'pcsclite',
    async () => {
      try {
        return pcscliteBinding(await load());
      } catch (thrown) {
        throw bindingFailure('pcsclite', thrown);
      }
    },
    options,
  );
}

async function importPcsclite(): Promise<PcscliteModule> {
  // Named by a variable, so that neither compiler nor bundler asks for a package that need not be there.
  const packageName: string = 'pcsclite';
  requireInside(import.meta.url, import.meta.resolve(packageName));
  const { default: pcsclite }: { default: PcscliteModule } = await import(packageName);
  return pcsclite;
}

const shareModes: Readonly<Record<ScardShareMode, number>> = { exclusive: 1, shared: 2 };
const dispositions = { leave: 0, unpower: 2 } as const;
const anyProtocol = 3;
const unknownReader = 0x80100009;
const unsupportedFeature = 0x8010001f;

function pcscliteBinding(pcsclite: PcscliteModule): ScardBinding {
  const readers = new Map<string, PcscliteReader>();
  const atrs = new Map<string, Uint8Array>();
  return {
    name: 'pcsclite',
    watch(onState, onEnd, onReady) {
      readers.clear();
      const mine: PcscliteReader[] = [];
      const watch = attempt(pcsclite);
      watch.on('error', (error) => onEnd(asScardError(error)));
      watch.on('reader', (reader) => {
        const gone = (): void => {
          if (readers.get(reader.name) === reader) readers.delete(reader.name);
          onState({ reader: reader.name, flags: null, atr: new Uint8Array() });
        };
        mine.push(reader);
        readers.set(reader.name, reader);
        reader.on('status', ({ state, atr: told }) => {
          const atr = Uint8Array.from(told ?? []);
          atrs.set(reader.name, atr);
          onState({ reader: reader.name, flags: (state & scardState.unavailable) !== 0 ? null : state, atr });
        });
        reader.on('error', gone);
        reader.on('end', gone);
      });
      onReady(false);
      return {
        async stop() {
          // Its close() waits for a lock that is held while its own events are told.
          await new Promise((resolve) => setImmediate(resolve));
          for (const reader of mine) {
            const call = underWay.get(reader);
            // Closing waits for the same lock that a call holds: a call that does not come back must not hold us up.
            if (call === undefined) reader.close();
            else void call.then(() => reader.close());
          }
          watch.close();
        },
      };
    },
    connect(name, mode) {
      const reader = readers.get(name);
      if (reader === undefined) return Promise.reject(new ScardError(unknownReader));
      // It takes a reader whose disconnect once failed for connected, and answers without asking PC/SC.
      reader.connected = false;
      return called<number>(reader, (callback) =>
        reader.connect({ share_mode: shareModes[mode], protocol: anyProtocol }, callback),
      ).then((protocol) => asScardCard(reader, protocol, () => atrs.get(name) ?? new Uint8Array()));
    },
  };
}

/** Calls that have not come back, per reader; they never reject here. */
const underWay = new WeakMap<PcscliteReader, Promise<unknown>>();

type Callback<T> = (error: Error | null | undefined, result: T) => void;

function called<T>(reader: PcscliteReader, call: (callback: Callback<T>) => void): Promise<T> {
  const result = new Promise<T>((resolve, reject) => {
    call((error, value) => {
      if (error) reject(asScardError(error));
      else resolve(value);
    });
  });
  const settled = result.then(
    () => {},
    () => {},
  );
  underWay.set(reader, settled);
  void settled.then(() => {
    if (underWay.get(reader) === settled) underWay.delete(reader);
  });
  return result;
}

function asScardCard(reader: PcscliteReader, protocol: number, atr: () => Uint8Array): ScardCard {
  const disconnect = (disposition: number): Promise<void> =>
    called<unknown>(reader, (callback) => reader.disconnect(disposition, (error) => callback(error, null))).then(
      () => {},
    );
  return {
    // It asks for no SCardStatus: the last word of the watch has to do.
    atr: () => Promise.resolve(atr()),
    transmit: async (command, maxResponse) =>
      Uint8Array.from(
        await called<Uint8Array>(reader, (callback) =>
          reader.transmit(Buffer.from(command), maxResponse, protocol, callback),
        ),
      ),
    control: async (code) =>
      Uint8Array.from(
        await called<Uint8Array>(reader, (callback) =>
          reader.control(
            Buffer.alloc(0),
            'ioctl' in code ? reader.SCARD_CTL_CODE(code.ioctl) : code.whole,
            264,
            callback,
          ),
        ),
      ),
    // It asks for no SCardGetAttrib.
    attribute: () => Promise.reject(new ScardError(unsupportedFeature)),
    disconnect: (disposition) =>
      disconnect(dispositions[disposition]).catch(() =>
        disposition === 'leave' ? undefined : disconnect(dispositions.leave),
      ),
  };
}

function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw asScardError(thrown);
  }
}

/** The status stands at the end of its messages only: `SCardTransmit error: Card was removed.(0x80100069)`. */
function asScardError(thrown: unknown): ScardError {
  const text = thrown instanceof Error ? thrown.message : '';
  const hex = /\(0x[0-9a-f]*?([0-9a-f]{8})\)\s*$/i.exec(text)?.[1];
  return new ScardError(hex === undefined ? null : Number.parseInt(hex, 16), thrown);
}
