/** Why the person is here. */
export const purposes = [
  'renew-bankid',
  'large-transfer',
  'step-up',
  'new-customer',
  'replace-device',
  'collect-card',
  'age',
] as const;
export type Purpose = (typeof purposes)[number];
