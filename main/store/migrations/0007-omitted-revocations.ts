/**
 * What earlier revocation lists of an issuer had named and a later one does not (RFC 5280 §3.3): it comes along with the later
 * one as JSON, for only the newest list of an issuer is looked at.
 */
export const omittedRevocations = `
ALTER TABLE revocation_lists ADD COLUMN omitted TEXT NOT NULL DEFAULT '[]';
`;
