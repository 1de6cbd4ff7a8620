import type { Check } from '../result/check.ts';
import type { Policy } from './types.ts';

/**
 * `document.data-groups` by the policy that judges: a group that it asks for, that the issuer lists and that nobody has read leaves
 * it open. What was read was asked for by the policy of then; another errand may have been chosen since, or another policy come.
 */
export function withGroupsAsked(
  { dataGroups }: Pick<Policy, 'dataGroups'>,
  checks: readonly Check[],
): readonly Check[] {
  const listed = checks.find(({ id }) => id === 'passive-authentication.hashes')?.detail.dataGroups;
  const words = (typeof listed === 'object' && listed !== null ? listed : {}) as Readonly<Record<string, unknown>>;
  // 9303-10 §4.6.2: EF.SOD lists it; `present` says that its content was not looked at.
  const notRead = dataGroups.map((group) => `DG${group}`).filter((group) => words[group] === 'present');
  if (notRead.length === 0) return checks;
  return checks.map((check) =>
    check.id === 'document.data-groups' && (check.result === 'successful' || check.result === 'not supported')
      ? { ...check, result: 'undetermined', code: 'file.not-read', detail: { ...check.detail, notRead } }
      : check,
  );
}
