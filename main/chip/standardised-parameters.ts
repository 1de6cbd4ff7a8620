import { type CurveName, curveByName } from '../crypto/curves.ts';
import { dhGroups } from '../crypto/dh-groups.ts';
import type { AgreementGroup } from './agreement-group.ts';
import { curveGroup } from './curve-group.ts';
import { modpGroup } from './modp-group.ts';

/** The elliptic curves among the standardised domain parameters (9303-11 §9.5.1); 0–2 are of DH, the others reserved. */
const curvesById: ReadonlyMap<number, CurveName> = new Map([
  [8, 'P-192'],
  [9, 'brainpoolP192r1'],
  [10, 'P-224'],
  [11, 'brainpoolP224r1'],
  [12, 'P-256'],
  [13, 'brainpoolP256r1'],
  [14, 'brainpoolP320r1'],
  [15, 'P-384'],
  [16, 'brainpoolP384r1'],
  [17, 'brainpoolP512r1'],
  [18, 'P-521'],
]);

/** The groups of RFC 5114 §2.1 to §2.3, which are the parameters 0 to 2. */
const modpNames = ['MODP-1024-160', 'MODP-2048-224', 'MODP-2048-256'];
const modpGroups = dhGroups.map((parameters, id) => modpGroup(modpNames[id] ?? '', parameters));

/** The group of a standardised parameter id; null where the id names none. */
export function standardisedGroup(parameterId: number): AgreementGroup | null {
  const name = curvesById.get(parameterId);
  return name === undefined ? (modpGroups[parameterId] ?? null) : curveGroup(curveByName(name));
}

/** The standardised group with this prime and generator; null where there is none. */
export function standardisedModpGroup(prime: bigint, generator: bigint): AgreementGroup | null {
  const id = dhGroups.findIndex((group) => group.prime === prime && group.generator === generator);
  return modpGroups[id] ?? null;
}
