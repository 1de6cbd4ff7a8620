/** base^exponent mod modulus. Not in constant time: for public numbers, and for the simulator's published keys. */
export function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result % modulus;
}

/**
 * base^exponent mod modulus for a secret exponent of at most `bits` bits: the same multiplications for each of them
 * (Montgomery's ladder). What JavaScript's numbers do inside one multiplication is not ours to level.
 */
export function secretModularPower(base: bigint, exponent: bigint, modulus: bigint, bits: number): bigint {
  const ladder: [bigint, bigint] = [1n % modulus, base % modulus];
  for (let bit = bits - 1; bit >= 0; bit--) {
    const set = Number((exponent >> BigInt(bit)) & 1n) as 0 | 1;
    const other = set === 0 ? 1 : 0;
    ladder[other] = (ladder[0] * ladder[1]) % modulus;
    ladder[set] = (ladder[set] * ladder[set]) % modulus;
  }
  return ladder[0];
}
