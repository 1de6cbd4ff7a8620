import countries from '../../resources/countries.json' with { type: 'json' };
import type { Language } from '../../resources/texts/texts.ts';

const byCode = new Map(countries.map((country) => [country.alpha3, country]));

/**
 * A state or issuer as people call it, by its code in the MRZ (9303-3 section 5); the code itself where it is none of a
 * state. Germany's is a single letter there.
 */
export function countryName(language: Language, code: string): string {
  return byCode.get(code === 'D' ? 'DEU' : code)?.[language] ?? code;
}
