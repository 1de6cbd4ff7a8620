import type { ChipAuthenticationMappingEvidence } from '../../chip/access.ts';
import { parseStaticKey, type StaticKey } from '../../chip/chip-authentication-choice.ts';
import { parseSecurityInfos } from '../../chip/security-infos.ts';
import { bytesToUnsigned } from '../../crypto/points.ts';
import { equal } from '../../result/bytes.ts';
import { type Check, type CheckResult, type Detail, successful, unsuccessful } from '../../result/check.ts';
import { Failure, type PlainFailure } from '../../result/failure.ts';
import type { PassiveAuthentication } from '../../trust/types.ts';
import { isGone } from './access-checks.ts';

const id = 'pace-cam';

/**
 * `pace-cam` (9303-11 §4.4.3.5.2): the chip's key of the mapping must be CA_IC × PK_IC, and PK_IC must come from an
 * EF.CardSecurity whose signature is right and chains to a CSCA. `cardSecurity` is null where the file was not read.
 */
export function paceCamCheck(
  evidence: ChipAuthenticationMappingEvidence | null,
  cardSecurity: PassiveAuthentication | null,
  end: PlainFailure | null,
): Check {
  if (evidence === null) {
    // Also where nobody saw the mapping: a forged file is no better for it.
    if (cardSecurity !== null && isForged(cardSecurity)) {
      return unsuccessful(id, 'failed', 'pace-cam.key-missing', standingOf(cardSecurity));
    }
    if (end !== null && isGone(end)) return unsuccessful(id, 'aborted', end.code);
    return unsuccessful(id, 'not supported', 'pace-cam.not-offered');
  }
  const { group, chipMappingKey, chipAuthenticationData: data } = evidence;
  if (data === null) return unsuccessful(id, 'failed', 'pace-cam.failed', { reason: 'chip authentication data' });
  if (cardSecurity === null) {
    if (end !== null && isGone(end)) return unsuccessful(id, 'aborted', end.code);
    return unsuccessful(id, 'undetermined', 'pace-cam.key-missing', { reason: 'EF.CardSecurity' });
  }
  const key = staticKeyOf(evidence, cardSecurity.content);
  if (key === null) return unsuccessful(id, 'undetermined', 'pace-cam.key-missing', { reason: 'key' });
  const proven = group.power(key.publicKey, bytesToUnsigned(data));
  if (proven === null || !equal(proven, chipMappingKey)) return unsuccessful(id, 'failed', 'pace-cam.failed');
  const standing = standingOf(cardSecurity);
  const detail: Record<string, Detail> = { parameters: group.name, ...standing };
  if (standing.signature === 'successful' && standing.path === 'successful') return successful(id, detail);
  return unsuccessful(id, isForged(cardSecurity) ? 'failed' : 'undetermined', 'pace-cam.key-missing', detail);
}

function standingOf(cardSecurity: PassiveAuthentication): Record<'signature' | 'path', CheckResult | null> {
  return { signature: resultOf(cardSecurity, 'signature') ?? null, path: resultOf(cardSecurity, 'path') ?? null };
}

function isForged(cardSecurity: PassiveAuthentication): boolean {
  return Object.values(standingOf(cardSecurity)).includes('failed');
}

function resultOf({ checks }: PassiveAuthentication, part: string): CheckResult | undefined {
  return checks.find((check) => check.id === `passive-authentication.${part}`)?.result;
}

// 9303-11 §9.2.1: the key whose keyId is the parameter id of the PACEInfo; the only one on the same curve where none is named so.
function staticKeyOf(
  { group, parameterId }: ChipAuthenticationMappingEvidence,
  content: Uint8Array | null,
): StaticKey | null {
  if (content === null) return null;
  try {
    const keys = parseSecurityInfos(content).filter((info) => info.kind === 'ChipAuthenticationPublicKeyInfo');
    const named = keys.filter(({ keyId }) => keyId !== null && Number(keyId) === parameterId);
    const candidates = (named.length > 0 ? named : keys)
      .map(parseStaticKey)
      .filter((key): key is StaticKey => key?.group.name === group.name);
    const [only, ...more] = candidates;
    return more.length > 0 ? null : (only ?? null);
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}
