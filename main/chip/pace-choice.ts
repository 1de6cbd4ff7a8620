import type { Curve } from '../crypto/curves.ts';
import type { CipherSuite } from './key-derivation.ts';
import { genericMapping } from './pace-generic-mapping.ts';
import type { PaceMapping } from './pace-mapping.ts';
import type { PaceInfo, SecurityInfo } from './security-infos.ts';
import { standardisedCurve } from './standardised-parameters.ts';

/** The mappings of this version. Integrated and chip authentication mapping each get a file of their own. */
const mappings: readonly PaceMapping[] = [genericMapping];

/** PACE as this house would run it with one PACEInfo. */
export interface PaceChoice {
  readonly info: PaceInfo;
  readonly mapping: PaceMapping;
  readonly curve: Curve;
}

const paceVersion = 2;
const strength: readonly CipherSuite[] = ['3DES', 'AES-128', 'AES-192', 'AES-256'];

function choiceOf(info: PaceInfo): readonly PaceChoice[] {
  const mapping = mappings.find((candidate) => candidate.name === info.mapping);
  // Without an id the curve would be a guess; explicit parameters from an unauthenticated file are never used (§9.2.2).
  const curve = info.parameterId === null ? null : standardisedCurve(info.parameterId);
  const usable = info.version === paceVersion && info.agreement === 'ECDH';
  return usable && mapping !== undefined && curve !== null ? [{ info, mapping, curve }] : [];
}

/**
 * The strongest PACEInfo that this house can use: the longest cipher key first, then the larger field, then the place in
 * the file. Null where it can use none of those offered.
 */
export function choosePace(infos: readonly SecurityInfo[]): PaceChoice | null {
  const choices = infos.filter((info) => info.kind === 'PACEInfo').flatMap(choiceOf);
  const stronger = (best: PaceChoice, next: PaceChoice): boolean => {
    const byCipher = strength.indexOf(next.info.cipher) - strength.indexOf(best.info.cipher);
    return byCipher === 0 ? next.curve.parameters.p > best.curve.parameters.p : byCipher > 0;
  };
  return choices.reduce<PaceChoice | null>((best, next) => (best === null || stronger(best, next) ? next : best), null);
}
