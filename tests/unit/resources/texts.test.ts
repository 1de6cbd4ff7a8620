import { describe, expect, it } from 'vitest';
import { checkIds, checkResults } from '../../../main/result/check.ts';
import { isLanguage, languageFacts, languageFor, languages } from '../../../resources/texts/languages.ts';
import { type TextKey, textsIn } from '../../../resources/texts/texts.ts';
import { failureFile, flatTexts, textFile } from '../../support/catalogues.ts';

const english = flatTexts(textFile('en'));
const fromEnglish = languages.filter((language) => language !== 'en');
const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

// Names, signs and words that are the same in both; whatever else is as in English was not translated.
const mostAlike = 0.04;

describe.each(languages)('the texts in %s', (language) => {
  const own = flatTexts(textFile(language));

  it('have the paths of the English ones, in their order', () => {
    expect(own.map(([path]) => path)).toEqual(english.map(([path]) => path));
  });

  it('are never empty and hold no markup', () => {
    for (const [path, text] of own) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).toBe(text.trim());
      expect(text, path).not.toMatch(/<\/?[a-z]+>/i);
    }
  });

  it('have the placeholders of the English ones', () => {
    const other = new Map(english);
    for (const [path, text] of own) expect(placeholders(text), path).toEqual(placeholders(other.get(path) ?? ''));
  });

  it('name every check and say a sentence for each of its results', () => {
    const text = textsIn(language);
    for (const id of checkIds) {
      expect(text(`checks/${id}/name`)).not.toBe('');
      for (const result of checkResults) expect(text(`checks/${id}/${result}`)).toMatch(/\.$/);
    }
  });

  // The catalogues have a form for one and a form for all others: a language with more needs more.
  it('have every form of number that the language has', () => {
    expect([...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort()).toEqual(['one', 'other']);
    const text = textsIn(language);
    const found = new Map(own);
    for (const count of [0, 1, 2, 5, 21, 1_000]) {
      const form = new Intl.PluralRules(language).select(count);
      const [before = '', after = ''] = found.get(`holder/found_${form}`)?.split('{{count}}') ?? [];
      expect(text('holder/found', { count })).toBe(`${before}${count}${after}`);
    }
  });

  it('quote with the marks of the language', () => {
    const [open, close] = languageFacts[language].quotes;
    const others = [...'“”„«»'].filter((mark) => mark !== open && mark !== close);
    for (const [path, text] of own) {
      expect(
        others.filter((mark) => text.includes(mark)),
        path,
      ).toEqual([]);
    }
  });
});

describe.each(fromEnglish)('the texts in %s', (language) => {
  it('are another text than the English one, but for names and for words that are alike', () => {
    const other = new Map(english);
    const alike = flatTexts(textFile(language)).filter(([path, text]) => text === other.get(path));
    expect(alike.filter(([, text]) => / \w+ .*[.?!]$/.test(text))).toEqual([]);
    expect(alike.length / english.length).toBeLessThan(mostAlike);
  });
});

describe('the texts', () => {
  it('choose between one and many', () => {
    expect(textsIn('sv')('holder/found', { count: 1 })).toBe('1 person hittad');
    expect(textsIn('sv')('holder/found', { count: 3 })).toBe('3 personer hittade');
  });

  it('show what was typed as it was typed', () => {
    expect(textsIn('en')('holder/nobody', { query: '<b>&' })).toContain('“<b>&”');
  });

  // What a customer confirms is ett uppdrag: a teller who reads of an order beside it looks for another thing.
  it('call what is confirmed by one word in Swedish', () => {
    const said = [...flatTexts(textFile('sv')), ...flatTexts(failureFile('sv'))];
    expect(said.filter(([, text]) => /\border(n|ns|na|nas)?\b/i.test(text))).toEqual([]);
  });

  it('refuse a path that is not there', () => {
    expect(() => textsIn('en')('checks/nothing' as TextKey)).toThrow(RangeError);
  });
});

describe('the languages', () => {
  it('are known by their own names, each by another, in locales that dates and numbers are there for', () => {
    expect(new Set(languages.map((language) => languageFacts[language].name)).size).toBe(languages.length);
    for (const language of languages) {
      const { locale } = languageFacts[language];
      // Where the country changes nothing, the platform answers with the language alone.
      expect([language, locale]).toContain(new Intl.DateTimeFormat(locale).resolvedOptions().locale);
      expect(new Intl.Locale(locale).language).toBe(language);
    }
  });

  it.each(['', 'SV', 'sv-SE', 'constructor', 'toString', '__proto__', 'xx'])('do not have %j', (value) => {
    expect(isLanguage(value)).toBe(false);
  });

  it.each([
    ['sv-SE', 'sv'],
    ['sv_FI', 'sv'],
    ['fi-FI', 'fi'],
    ['nb-NO', 'nb'],
    ['no', 'nb'],
    ['nn-NO', 'nb'],
    ['da_DK.UTF-8', 'da'],
    ['en-US', 'en'],
    ['de-DE', 'en'],
    ['', 'en'],
    ['constructor', 'en'],
  ])('fit the system of %j: %s', (locale, language) => {
    expect(languageFor(locale)).toBe(language);
  });
});
