/** Where randomness comes from: `length` fresh bytes, which are the asker's to keep and to overwrite. A value, so that a replay can hand in what a transcript recorded. */
export type RandomSource = (length: number) => Uint8Array;
