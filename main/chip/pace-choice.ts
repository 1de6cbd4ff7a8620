import { curveByName } from '../crypto/curves.ts';
import { tag } from '../document/asn1.ts';
import { decodeTlv } from '../document/tlv.ts';
import type { AgreementGroup } from './agreement-group.ts';
import { curveGroup } from './curve-group.ts';
import { type DomainParameters, parseDomainParameters } from './domain-parameters.ts';
import type { CipherSuite } from './key-derivation.ts';
import { chipAuthenticationMapping, genericMapping } from './pace-generic-mapping.ts';
import { integratedMapping } from './pace-integrated-mapping.ts';
import type { PaceMapping } from './pace-mapping.ts';
import type { PaceDomainParameterInfo, PaceInfo, SecurityInfo } from './security-infos.ts';
import { standardisedGroup } from './standardised-parameters.ts';

/**
 * In the order in which they are preferred among equally strong ones: the first proves the chip without another key
 * agreement, the last is the one that chips in the field get wrong.
 */
const mappings: readonly PaceMapping[] = [chipAuthenticationMapping, genericMapping, integratedMapping];

/** PACE as this house would run it with one PACEInfo. */
export interface PaceChoice {
  readonly info: PaceInfo;
  readonly mapping: PaceMapping;
  readonly group: AgreementGroup;
  /** What DO 84 of MSE:Set AT names; null where the chip gives nothing to name. */
  readonly parameterId: number | null;
}

const paceVersion = 2;
const ciphers: readonly CipherSuite[] = ['3DES', 'AES-128', 'AES-192', 'AES-256'];

const unnamed = { group: curveGroup(curveByName('brainpoolP256r1')), parameterId: null };

/**
 * The domain parameters of a PACEInfo (9303-11 §9.2.1, §9.2.2): standardised ones by their id, others from the
 * PACEDomainParameterInfo with the same id. Without an id they are known where the chip offers a single set; where it offers
 * none at all they are taken for those of the cards that leave the id out (Spain): a wrong guess ends before the password is
 * used. Explicit
 * parameters come from a file that nobody signed: only published groups are used.
 */
function parametersOf(info: PaceInfo, infos: readonly SecurityInfo[]): Omit<PaceChoice, 'info' | 'mapping'> | null {
  const { parameterId } = info;
  const standardised = parameterId === null ? null : standardisedGroup(parameterId);
  if (standardised !== null) return { group: standardised, parameterId };
  const offered = infos.filter((other) => other.kind === 'PACEDomainParameterInfo');
  const fitting = offered.filter(({ mapping, agreement }) => mapping === info.mapping && agreement === info.agreement);
  const candidates = fitting.filter((other) => parameterId === null || other.parameterId === parameterId);
  if (parameterId === null && offered.length === 0 && info.agreement === 'ECDH') return unnamed;
  const [only, ...more] = candidates;
  const parameters = only === undefined || more.length > 0 ? null : domainParametersOf(only);
  if (only === undefined || parameters === null || !parameters.published) return null;
  return { group: parameters.group, parameterId: parameterId ?? only.parameterId ?? parameters.standardisedId };
}

function domainParametersOf({ domainParameter }: PaceDomainParameterInfo): DomainParameters | null {
  const node = decodeTlv(domainParameter);
  return node.tag === tag.sequence ? parseDomainParameters(node) : null;
}

function choiceOf(info: PaceInfo, infos: readonly SecurityInfo[]): readonly PaceChoice[] {
  const mapping = mappings.find((candidate) => candidate.name === info.mapping);
  if (info.version !== paceVersion || mapping === undefined) return [];
  const parameters = parametersOf(info, infos);
  const usable =
    parameters !== null && parameters.group.agreement === info.agreement && mapping.suits(parameters.group);
  return usable ? [{ info, mapping, ...parameters }] : [];
}

/**
 * The strongest PACEInfo that this house can use: the longest cipher key first, then the stronger group, then chip
 * authentication mapping before generic before integrated, then the place in the file. Null where it can use none of those
 * offered. Fails with `tlv.malformed`.
 */
export function choosePace(infos: readonly SecurityInfo[]): PaceChoice | null {
  const choices = infos.filter((info) => info.kind === 'PACEInfo').flatMap((info) => choiceOf(info, infos));
  const [best] = choices.toSorted(
    (a, b) =>
      ciphers.indexOf(b.info.cipher) - ciphers.indexOf(a.info.cipher) ||
      b.group.strength - a.group.strength ||
      mappings.indexOf(a.mapping) - mappings.indexOf(b.mapping),
  );
  return best ?? null;
}
