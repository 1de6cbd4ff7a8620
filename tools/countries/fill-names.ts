import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { languages } from '../../resources/texts/languages.ts';

/*
 * Names of countries for a language that is new: what is missing in `resources/countries.json` is filled from CLDR, as Node
 * has it (Intl.DisplayNames); what stands there stays. `node tools/countries/fill-names.ts`, then `npm run format`. Codes
 * that are no country's own in ISO 3166 (9303-3 section 5: organisations, stateless persons, kinds of Britons) get their names
 * by hand, and are told as long as they have none.
 */

const file = resolve(import.meta.dirname, '../../resources/countries.json');
const countries = JSON.parse(readFileSync(file, 'utf8')) as readonly Readonly<Record<string, string | string[]>>[];
// Two letters that several codes of the MRZ share are the name of one of them alone.
const shared = (letters: string) => countries.filter(({ alpha2 }) => alpha2?.[0] === letters).length > 1;

const filled = countries.map((country) => {
  const letters = country.alpha2?.[0] ?? '';
  const missing = languages.filter((language) => country[language] === undefined);
  const isOwn = letters !== '' && (!shared(letters) || ['DE', 'GB'].includes(letters));
  const names = missing.map((language) => {
    const known = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    return [language, isOwn ? known.of(letters) : undefined] as const;
  });
  for (const [language, name] of names)
    if (name === undefined) process.stderr.write(`${String(country.alpha3)}: by hand in ${language}\n`);
  return { ...country, ...Object.fromEntries(names.filter(([, name]) => name !== undefined)) };
});
writeFileSync(file, `${JSON.stringify(filled, null, 2)}\n`);
