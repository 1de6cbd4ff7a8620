import * as v from 'valibot';
import { languageSchema } from '../../preload/contract.ts';
import { type Language, languageFor } from '../../resources/texts/languages.ts';
import type { House } from '../house/house.ts';
import { settingNames } from '../result/setting-names.ts';

/** The language of the system's user; English where the interface has none of theirs. */
export function systemLanguage(): Language {
  return languageFor(Intl.DateTimeFormat().resolvedOptions().locale);
}

/** The language that people chose here, or the bank set for its stations; until then that of the system. */
export function languageOf(house: { readonly keeping: Pick<House['keeping'], 'settings'> }): Language {
  const language = v.safeParse(languageSchema, house.keeping.settings.get(settingNames.language));
  return language.success ? language.output : systemLanguage();
}
