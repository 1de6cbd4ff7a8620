const collators = new Map<string, Intl.Collator>();

/**
 * How names stand in a list for who reads this language (a BCP 47 tag; Unicode TR 35-5): in Swedish Å, Ä and Ö come last, in
 * English they are a kind of A and O, in Danish Aa is Å.
 */
export function nameOrder(language: string): (one: string, other: string) => number {
  const known = collators.get(language);
  if (known !== undefined) return known.compare;
  const collator = new Intl.Collator(language);
  collators.set(language, collator);
  return collator.compare;
}
