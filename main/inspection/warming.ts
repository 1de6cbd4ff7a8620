import { suiteFunctions } from '../chip/cipher-suite.ts';
import { curveGroup } from '../chip/curve-group.ts';
import type { CipherSuite } from '../chip/key-derivation.ts';
import { type CurveName, curveByName, tabulateGenerator } from '../crypto/curves.ts';
import { verifyEcdsa } from '../crypto/ecdsa.ts';
import { digest, hashNames } from '../crypto/hash.ts';

/*
 * What the first inspection of a worker would wait for: tables that are computed once, and code that is translated once it ran often.
 * While no card lies there, both can be had before. What is computed here is thrown away; no key of a chip comes of it.
 */

/** The curves of most documents that states issue today. */
const usualCurves: readonly CurveName[] = ['brainpoolP256r1', 'P-256', 'brainpoolP384r1', 'P-384'];
const usualSuites: readonly CipherSuite[] = ['AES-128', 'AES-256', '3DES'];
/** Of each curve: the code is the same for all, and by then it is translated. */
const repeatsOfCurve = 6;
const repeatsOfSuite = 40;
/** About an answer of short length, and a photo. */
const lengths = [240, 20_000] as const;

/** The steps, each some tens of milliseconds at most on a slow machine once code is warm: a card waits for no more than one. */
export function warmingSteps(random: (length: number) => Uint8Array): readonly (() => void)[] {
  return [
    ...usualCurves.flatMap((name) => curveSteps(name, random)),
    ...usualSuites.map((suite) => () => exerciseSuite(suite)),
    () => {
      for (const hash of hashNames) for (const length of lengths) digest(hash, new Uint8Array(length));
    },
  ];
}

function curveSteps(name: CurveName, random: (length: number) => Uint8Array): readonly (() => void)[] {
  const curve = curveByName(name);
  const group = curveGroup(curve);
  const agree = (): void => {
    const own = group.power(group.generator, group.randomPrivateKey(random));
    const peer = own === null ? null : group.accept(own);
    if (peer === null) return;
    using common = group.secretPower(peer, group.randomPrivateKey(random));
    if (common !== null) group.combine(peer, common.reveal());
  };
  // Nobody's signature: that it does not verify takes as long as finding that one does.
  const verify = (): void => {
    verifyEcdsa(curve, group.generator, new Uint8Array(32).fill(1), { r: 3n, s: curve.parameters.n >> 1n });
  };
  return [
    () => tabulateGenerator(curve),
    ...Array.from({ length: repeatsOfCurve }, () => agree),
    ...Array.from({ length: repeatsOfCurve }, () => verify),
  ];
}

function exerciseSuite(suite: CipherSuite): void {
  const { blockLength, encrypt, decrypt, mac } = suiteFunctions(suite);
  const key = new Uint8Array(suite === 'AES-256' ? 32 : 16);
  const iv = new Uint8Array(blockLength);
  for (const length of lengths) {
    const plain = new Uint8Array(length - (length % blockLength));
    // A long one is one call, and the runtime's where it has the cipher.
    for (let repeat = 0; repeat < (length < 1_000 ? repeatsOfSuite : 1); repeat++) {
      decrypt(key, iv, encrypt(key, iv, plain));
      mac(key, plain);
    }
  }
}
