/** What is read twice. In a file without the second hand, so that who only asks how it came out does not load it. */
export type ReadTwiceKind = 'certificate' | 'revocation-list' | 'master-list';

/**
 * The hand that reads second, and the version of what is compared: what another one has read is read again. One more with each
 * change of what is compared.
 */
export const secondHand = 'pkijs 4.0.0, 3';
