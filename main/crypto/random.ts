/** Where randomness comes from: `length` fresh bytes. A value, so that a replay can hand in what a transcript recorded. */
export type RandomSource = (length: number) => Uint8Array;
