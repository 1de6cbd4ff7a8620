/**
 * Data groups that are read only where a policy wants them: the displayed signature or usual mark, optional details, and
 * persons to notify (9303-10 §4.7.7, §4.7.13, §4.7.16). Nothing else in the house needs them.
 */
export const optionalGroups = [7, 13, 16] as const;
export type OptionalGroup = (typeof optionalGroups)[number];
