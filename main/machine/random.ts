/** The machine's own source of randomness: so many fresh bytes. */
export const machineRandom = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length));

/** A whole number from 0, below `below` (at most 256), each as likely as every other: what would favour some is drawn anew. */
export function machineChoice(below: number): number {
  const even = 256 - (256 % below);
  for (;;) {
    const [drawn = 0] = machineRandom(1);
    if (drawn < even) return drawn % below;
  }
}
