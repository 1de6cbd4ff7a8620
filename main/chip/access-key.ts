/** What opens a chip: the MRZ's information (number, birth date, expiry, each with its check digit) or the card access number. */
export type AccessKey =
  | { readonly kind: 'mrz'; readonly information: string }
  | { readonly kind: 'can'; readonly can: string };
