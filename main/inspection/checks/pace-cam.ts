import type { ChipAuthenticationMappingEvidence } from '../../chip/access.ts';
import { parseStaticKey, type StaticKey } from '../../chip/chip-authentication-choice.ts';
import { parseSecurityInfos, type SecurityInfo } from '../../chip/security-infos.ts';
import { bytesToUnsigned } from '../../crypto/points.ts';
import { equal } from '../../result/bytes.ts';
import { type Check, type Detail, successful, unsuccessful } from '../../result/check.ts';
import { Failure, type PlainFailure } from '../../result/failure.ts';
import { applyDefects } from '../../trust/defects/apply-defects.ts';
import type { PassiveAuthentication } from '../../trust/types.ts';
import { isGone } from './access-checks.ts';
import { standingOf } from './card-security.ts';

/** What the check rests on beside the mapping; null where a file was not read. */
export interface MappingFacts {
  readonly cardSecurity: PassiveAuthentication | null;
  readonly securityObject: PassiveAuthentication | null;
  readonly dataGroup14: readonly SecurityInfo[] | null;
  /** Whether DG14 is announced, and whether it is what the signed security object lists. */
  readonly dataGroup14Announced: boolean;
  readonly dataGroup14Verified: boolean;
}

const id = 'pace-cam';

/**
 * `pace-cam`: `mappingCheck`, and what the defect lists say of EF.CardSecurity's own signer (TR-03135-1 §5.8.2).
 */
export function paceCamCheck(...facts: Parameters<typeof mappingCheck>): Check {
  const check = mappingCheck(...facts);
  const [, { cardSecurity }] = facts;
  return cardSecurity === null ? check : (applyDefects([check], cardSecurity.defects)[0] ?? check);
}

/**
 * `pace-cam` (9303-11 §4.4.3.5.2): the chip's key of the mapping must be CA_IC × PK_IC, PK_IC must come from an
 * EF.CardSecurity that passes passive authentication as EF.SOD does (`standingOf`), and that file must be this document's:
 * nothing but the keys in DG14 ties it to what EF.SOD signs. `evidence` is null where the mapping was not used, or not seen.
 */
function mappingCheck(
  evidence: ChipAuthenticationMappingEvidence | null,
  facts: MappingFacts,
  end: PlainFailure | null,
): Check {
  const { cardSecurity } = facts;
  const standing = cardSecurity === null ? null : standingOf(cardSecurity, facts.securityObject);
  const forged = standing?.result === 'failed' ? standing : null;
  if (evidence === null) {
    // Also where nobody saw the mapping: a forged file is no better for it.
    if (forged !== null) return unsuccessful(id, 'failed', forged.code ?? 'pace-cam.key-missing', forged.detail);
    if (end !== null && isGone(end)) return unsuccessful(id, 'aborted', end.code);
    return unsuccessful(id, 'not supported', 'pace-cam.not-offered');
  }
  const { group, chipMappingKey, chipAuthenticationData: data } = evidence;
  if (data === null) return unsuccessful(id, 'failed', 'pace-cam.failed', { reason: 'chip authentication data' });
  if (cardSecurity === null || standing === null) {
    if (end !== null && isGone(end)) return unsuccessful(id, 'aborted', end.code);
    return unsuccessful(id, 'undetermined', 'pace-cam.key-missing', { reason: 'EF.CardSecurity' });
  }
  const detail: Record<string, Detail> = { parameters: group.name, ...standing.detail };
  if (forged !== null) return unsuccessful(id, 'failed', forged.code ?? 'pace-cam.key-missing', detail);
  const infos = securityInfosOf(cardSecurity.content);
  const key = staticKeyOf(evidence, infos);
  if (key === null) return unsuccessful(id, 'undetermined', 'pace-cam.key-missing', { ...detail, reason: 'key' });
  const proven = group.power(key.publicKey, bytesToUnsigned(data));
  if (proven === null || !equal(proven, chipMappingKey)) return unsuccessful(id, 'failed', 'pace-cam.failed', detail);
  if (standing.code !== null) return unsuccessful(id, 'undetermined', standing.code, detail);
  return ofThisDocument(infos, group.name, facts, detail);
}

// A state signs the EF.CardSecurity of each of its documents: another one's, with that chip's key, is as genuine. Where DG14
// names keys on the same curve, the file must name one of them too (9303-11 §9.2.11: both hold the keys of the chip).
function ofThisDocument(
  infos: readonly SecurityInfo[],
  curve: string,
  { dataGroup14, dataGroup14Announced, dataGroup14Verified }: MappingFacts,
  detail: Check['detail'],
): Check {
  if (!dataGroup14Announced) return successful(id, { ...detail, comparedWithDataGroup14: false });
  if (!dataGroup14Verified)
    return unsuccessful(id, 'undetermined', 'data-group.not-verified', { ...detail, dataGroup: 14 });
  const own = keysOn(curve, dataGroup14 ?? []);
  const compared = { ...detail, comparedWithDataGroup14: own.length > 0 };
  const named = keysOn(curve, infos);
  const same = own.some((key) => named.some((other) => equal(key.publicKey, other.publicKey)));
  return own.length === 0 || same
    ? successful(id, compared)
    : unsuccessful(id, 'undetermined', 'pace-cam.key-differs', compared);
}

function securityInfosOf(content: Uint8Array | null): readonly SecurityInfo[] {
  return readable(() => (content === null ? [] : parseSecurityInfos(content))) ?? [];
}

function keysOn(curve: string, infos: readonly SecurityInfo[]): readonly StaticKey[] {
  return infos
    .filter((info) => info.kind === 'ChipAuthenticationPublicKeyInfo')
    .map((info) => readable(() => parseStaticKey(info)))
    .filter((key): key is StaticKey => key?.group.name === curve);
}

// 9303-11 §9.2.1: the key whose keyId is the parameter id of the PACEInfo; the only one on the same curve where none is named so.
function staticKeyOf(
  { group, parameterId }: ChipAuthenticationMappingEvidence,
  infos: readonly SecurityInfo[],
): StaticKey | null {
  const keys = infos.filter((info) => info.kind === 'ChipAuthenticationPublicKeyInfo');
  const named = keys.filter(({ keyId }) => keyId !== null && Number(keyId) === parameterId);
  const [only, ...more] = keysOn(group.name, named.length > 0 ? named : keys);
  return more.length > 0 ? null : (only ?? null);
}

function readable<Value>(parse: () => Value): Value | null {
  try {
    return parse();
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}
