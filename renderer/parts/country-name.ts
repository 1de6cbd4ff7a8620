import countries from '../../resources/countries.json' with { type: 'json' };
import type { Language } from '../../resources/texts/texts.ts';

const byCode = new Map(
  countries.flatMap((country) => [country.alpha3, ...country.alpha2].map((code) => [code, country] as const)),
);

/**
 * A state or issuer as people call it, by its code in the MRZ (9303-3 section 5) or in a certificate (two letters, ISO 3166-1); the
 * code itself where it is none of a state. Germany's is a single letter in the MRZ.
 */
export function countryName(language: Language, code: string): string {
  return byCode.get(code === 'D' ? 'DEU' : code)?.[language] ?? code;
}
