/** ISO/IEC 9797-1 padding method 2: 80, then zeros up to whole blocks. Always adds at least one byte. */
export function padMethod2(bytes: Uint8Array, blockLength: number): Uint8Array {
  const padded = new Uint8Array((Math.floor(bytes.length / blockLength) + 1) * blockLength);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  return padded;
}

/** The bytes before the padding; null where they do not end in 80 and zeros within the last block. */
export function unpadMethod2(padded: Uint8Array, blockLength: number): Uint8Array | null {
  if (padded.length === 0 || padded.length % blockLength !== 0) return null;
  for (let at = padded.length - 1; at >= padded.length - blockLength; at--) {
    if (padded[at] === 0x80) return padded.subarray(0, at);
    if (padded[at] !== 0) return null;
  }
  return null;
}
