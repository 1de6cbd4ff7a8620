/** What a document is by its code and issuer. `other` are documents that no rule of ours names. */
export type DocumentKind = 'passport' | 'identity-card' | 'residence-permit' | 'crew-member-certificate' | 'other';

/**
 * Permits to stay: whose document it is, and where from, is no more than what a passport beside it proves. 9303-5 §4.2.2
 * note k leaves the second letter to the issuer; `R` is what the states of the European Union and others print (`AR`,
 * `IR`, `CR`). Georgia prints `TR` since 2025 (bettse/passy#63), though no first letter but A, C and I is allowed.
 */
const permitCode = /^[ACIT]R$/;

/** Issuers whose permits have codes of their own: the United States' permanent residents, Estonia before its new cards. */
const permitCodes: Readonly<Record<string, readonly string[]>> = {
  USA: ['C1', 'C2'],
  EST: ['RP'],
};

/**
 * The kind of a document by its code, fillers removed, and its issuer: `P…` (9303-4 §4.4), `A…`, `C…`, `I…` (9303-5 and -6
 * §4.2.2), `AC` (9303-5).
 */
export function documentKind(documentCode: string, issuer: string): DocumentKind {
  if (documentCode === 'AC') return 'crew-member-certificate';
  if (documentCode.startsWith('P')) return 'passport';
  if (permitCode.test(documentCode) || permitCodes[issuer]?.includes(documentCode)) return 'residence-permit';
  return /^[ACI]/.test(documentCode) ? 'identity-card' : 'other';
}
