import { isLanguage, type Language, languages } from '../../resources/texts/languages.ts';
import { unusable } from './arguments.ts';
import type { CommandCall, OptionDescriptions } from './command.ts';

/** What commands take that answer in the language of the bank's own people. */
export const languageOption: OptionDescriptions = {
  language: { kind: 'value', value: 'L', help: `the language of the text: ${languages.join(', ')} (default: en)` },
};

/** The language that was asked for. Fails with `arguments.unusable`. */
export function givenLanguage({ given }: CommandCall): Language {
  const asked = given.value('language') ?? 'en';
  if (!isLanguage(asked)) throw unusable(`one of ${languages.join(', ')}`, { option: '--language' });
  return asked;
}
