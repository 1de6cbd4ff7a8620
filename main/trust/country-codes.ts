import countries from '../../resources/countries.json' with { type: 'json' };
import { type Language, languages } from '../../resources/texts/languages.ts';

/** A state or organisation that issues documents or is named as a nationality (9303-3 §5). */
export interface Country extends Readonly<Record<Language, string>> {
  /** As the MRZ prints it, fillers removed: `SWE`, `D`, `RKS`. */
  readonly alpha3: string;
  /** Codes that certificates use for it; several where others sign under their own code (CHN: HK, MO); may be empty. */
  readonly alpha2: readonly string[];
}

const byAlpha3: ReadonlyMap<string, Country> = new Map(countries.map((country) => [country.alpha3, country]));

/** Its names alone. */
export function namesOfCountry(country: Country): Readonly<Record<Language, string>> {
  const names = languages.map((language) => [language, country[language]] as const);
  return Object.fromEntries(names) as Record<Language, string>;
}

/** All codes that the house knows. */
export const allCountries: readonly Country[] = countries;

/** The entry of a code of the MRZ; null where it is unknown. */
export function countryOf(alpha3: string): Country | null {
  return byAlpha3.get(alpha3.toUpperCase()) ?? null;
}

/**
 * Codes of ISO 3166 that stand in no document, neither as its issuer nor as a nationality. Germany is printed `D` (9303-3 §5).
 * Who lives in one of the others is a national of the state that governs it, and its documents bear that state's code.
 */
const printedNowhere: ReadonlySet<string> = new Set([
  'DEU',
  // Nobody is a national of Antarctica, nor of what is uninhabited.
  ...['ATA', 'BVT', 'HMD', 'UMI'],
  // CHN, NOR, FIN, GBR
  ...['HKG', 'MAC', 'SJM', 'ALA', 'GGY', 'IMN', 'JEY'],
  // FRA
  ...['ATF', 'BLM', 'GLP', 'GUF', 'MAF', 'MTQ', 'MYT', 'NCL', 'PYF', 'REU', 'SPM', 'WLF'],
  // NLD, AUS, NZL, USA
  ...['ABW', 'BES', 'CUW', 'SXM', 'CCK', 'CXR', 'NFK', 'COK', 'NIU', 'TKL', 'ASM', 'GUM', 'MNP', 'PRI', 'VIR'],
]);
/** Said of a person (9303-3 §5, stateless persons, refugees and who has no nationality that is known), of no issuer. */
const ofPeopleAlone: ReadonlySet<string> = new Set(['XXA', 'XXB', 'XXC', 'XXX']);

/** Whether documents carry this code, fillers removed, as their issuer or as the nationality of their holder. */
export function isPrinted(alpha3: string, as: 'issuer' | 'nationality'): boolean {
  const code = alpha3.toUpperCase();
  if (!byAlpha3.has(code) || printedNowhere.has(code)) return false;
  return as === 'nationality' || !ofPeopleAlone.has(code);
}

// Certificates carry two letters by the rule and three in practice now and then.
function twoLetterCodes(code: string): readonly string[] {
  return code.length === 2 ? [code] : (byAlpha3.get(code)?.alpha2 ?? []);
}

/**
 * The country that a certificate means. ZZ is nobody's (ISO 3166-1 leaves it to its users): the certificates of the United
 * Nations bear it beside their three-letter code of the MRZ as locality (9303-12 §7.1.1.2).
 */
export function countryMeant(certificateCountry: string, locality: string | null): string {
  const isUnitedNations = locality !== null && twoLetterCodes(locality.toUpperCase()).includes('UN');
  return certificateCountry.toUpperCase() === 'ZZ' && isUnitedNations ? 'UN' : certificateCountry;
}

/**
 * Whether a code of the MRZ and a country code of a certificate, two or three letters, mean the same issuer. Null where
 * either is not in the table (TR-03135-1 §5.6.4.5: undetermined).
 */
export function sameCountry(issuer: string, certificateCountry: string): boolean | null {
  const [left, right] = [twoLetterCodes(issuer.toUpperCase()), twoLetterCodes(certificateCountry.toUpperCase())];
  if (left.length === 0 || right.length === 0) return null;
  return left.some((code) => right.includes(code));
}
