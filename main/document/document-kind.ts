/** What a document is by its code. `other` are documents that no rule of ours names. */
export type DocumentKind = 'passport' | 'identity-card' | 'crew-member-certificate' | 'other';

/** What kind of passport it is, by the second letter (9303-4 §4.4). */
export type PassportKind =
  | 'ordinary'
  | 'emergency'
  | 'diplomatic'
  | 'official'
  | 'refugee'
  | 'stateless'
  | 'service'
  | 'laissez-passer'
  | 'military';

const passportKinds: Readonly<Record<string, PassportKind>> = {
  P: 'ordinary',
  E: 'emergency',
  D: 'diplomatic',
  O: 'official',
  R: 'refugee',
  T: 'stateless',
  S: 'service',
  L: 'laissez-passer',
  M: 'military',
};

/** The kind of a document by its code, fillers removed: `P…` (9303-4 §4.4), `A…`, `C…`, `I…` (9303-5 and -6 §4.2.2), `AC` (9303-5). */
export function documentKind(documentCode: string): DocumentKind {
  if (documentCode === 'AC') return 'crew-member-certificate';
  if (documentCode.startsWith('P')) return 'passport';
  return /^[ACI]/.test(documentCode) ? 'identity-card' : 'other';
}

/** The kind of a passport by its code; null where the code names none, as in the plain `P` of older passports. */
export function passportKind(documentCode: string): PassportKind | null {
  return documentKind(documentCode) === 'passport' ? (passportKinds[documentCode.slice(1)] ?? null) : null;
}
