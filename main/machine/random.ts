/** The machine's own source of randomness: so many fresh bytes. */
export const machineRandom = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length));
