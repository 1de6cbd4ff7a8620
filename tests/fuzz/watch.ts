/** What worker and watchdog share: how many inputs were begun, and the one that is being tried. */
export interface WatchMemory {
  readonly state: SharedArrayBuffer;
  readonly name: SharedArrayBuffer;
  readonly input: SharedArrayBuffer;
}

const longestInput = 70_000;
const longestName = 64;

export function watchMemory(): WatchMemory {
  return {
    state: new SharedArrayBuffer(12),
    name: new SharedArrayBuffer(longestName),
    input: new SharedArrayBuffer(longestInput),
  };
}

export interface Watch {
  /** Notes the input before it is tried. */
  begin(target: string, input: Uint8Array): void;
  /** Nothing is tried any more. */
  end(): void;
  /** How many were begun; 0 before the first, and -1 after the last. */
  readonly count: number;
  /** The input that is being tried now. */
  current(): { readonly target: string; readonly input: Uint8Array };
}

/** Both sides open it over the same memory: a worker that hangs can be asked nothing any more. */
export function openWatch({ state, name, input }: WatchMemory): Watch {
  const counters = new Int32Array(state);
  const names = new Uint8Array(name);
  const inputs = new Uint8Array(input);
  return {
    begin(target, bytes) {
      const encoded = new TextEncoder().encode(target).subarray(0, longestName);
      const kept = bytes.subarray(0, longestInput);
      names.set(encoded);
      inputs.set(kept);
      Atomics.store(counters, 1, encoded.length);
      Atomics.store(counters, 2, kept.length);
      Atomics.add(counters, 0, 1);
    },
    end: () => void Atomics.store(counters, 0, -1),
    get count() {
      return Atomics.load(counters, 0);
    },
    current: () => ({
      target: new TextDecoder().decode(names.slice(0, Atomics.load(counters, 1))),
      input: inputs.slice(0, Atomics.load(counters, 2)),
    }),
  };
}
