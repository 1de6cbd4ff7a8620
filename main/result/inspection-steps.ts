/** The steps of an inspection in the order in which they are made; people see them as words. */
export const inspectionSteps = [
  'application',
  'access',
  'security-object',
  'data-group-1',
  'security-infos',
  'details',
  'portrait',
  'passive-authentication',
  'document',
] as const;
export type InspectionStep = (typeof inspectionSteps)[number];
