import { choosePace } from '../../chip/pace-choice.ts';
import type { PaceInfo, SecurityInfo } from '../../chip/security-infos.ts';
import { equal } from '../../result/bytes.ts';
import { Failure, type PlainFailure } from '../../result/failure.ts';
import { isGone } from './access-checks.ts';

/** Whether SecurityInfos offer PACE in whatever form, also one that this version does not know. */
export function offerPace(infos: readonly SecurityInfo[] | null): boolean {
  return infos?.some((info) => info.kind === 'PACEInfo' || info.kind === 'PACEDomainParameterInfo') ?? false;
}

/**
 * Why an EF.CardAccess that is there does not tell what it offers: it could not be read whole, or not understood. Null where
 * the chip has none or keeps it closed, as chips without PACE do, and where the chip went: none of these is nonsense.
 */
export function cardAccessUnclear(failure: PlainFailure | null): PlainFailure | null {
  if (failure === null || isGone(failure)) return null;
  return failure.code === 'file.not-found' || failure.code === 'file.refused' ? null : failure;
}

/**
 * The PACE of DG14 that EF.CardAccess does not list though we would rather have used it than all that it lists: a longer
 * cipher key, a stronger group, or the mapping that proves the chip (9303-11 §4.2 step 3, §9.2.11). Null where there is none.
 */
export function hidesStrongerPace(
  cardAccess: readonly SecurityInfo[] | null,
  dataGroup14: readonly SecurityInfo[] | null,
): PaceInfo | null {
  if (cardAccess === null || dataGroup14 === null) return null;
  const [listed, best] = [chosen(cardAccess), chosen([...cardAccess, ...dataGroup14])];
  if (listed === null || best === null || cardAccess.some(({ raw }) => equal(raw, best.info.raw))) return null;
  const alike = best.info.cipher === listed.info.cipher && best.group.strength === listed.group.strength;
  return alike && best.mapping.name !== 'CAM' ? null : best.info;
}

function chosen(infos: readonly SecurityInfo[]): ReturnType<typeof choosePace> {
  try {
    return choosePace(infos);
  } catch (thrown) {
    // Parameters that are nonsense offer nothing; where they are those of EF.CardAccess, PACE failed over them.
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}
