import { describe, expect, it } from 'vitest';
import { customerLanguages } from '../../../renderer/desk/customer-language-picker.tsx';
import { amountInWords } from '../../../renderer/desk/order-view.ts';
import { monthInWords } from '../../../renderer/office/months.ts';
import { loadCustomerLanguage } from '../../../renderer/parts/customer-language.ts';
import { customerWords } from '../../../renderer/parts/customer-words.ts';
import { dayAndTime, dayInWords } from '../../../renderer/parts/formats.ts';
import { loadWords, wordsIn } from '../../../renderer/parts/language.ts';
import { failureWords } from '../../../resources/failures/failures.ts';
import { quoteLanguages } from '../../../resources/quotes/quotes.ts';
import { type Language, languages } from '../../../resources/texts/languages.ts';
import { textsIn } from '../../../resources/texts/texts.ts';

const fromEnglish = languages.filter((language) => language !== 'en');

describe('the words of a page', () => {
  // First of all: the rest of the file loads them.
  it('are English before any other was loaded, and never those of another', () => {
    expect(wordsIn('en').t('app/desk')).toBe(textsIn('en')('app/desk'));
    for (const language of fromEnglish) expect(() => wordsIn(language)).toThrow(RangeError);
  });

  it.each(languages)('are the catalogue’s once it was loaded: %s', async (language) => {
    expect(await loadWords(language)).toBe(true);
    const { t, failure } = wordsIn(language);
    expect(t('holder/question')).toBe(textsIn(language)('holder/question'));
    expect(failure('card.removed')).toEqual(failureWords(language, 'card.removed'));
  });
});

describe('the languages of customers', () => {
  it.each(languages)('beside %s are all others, each once', (own) => {
    const ids = customerLanguages(own).map(({ id }) => id);
    expect(ids.toSorted()).toEqual([...languages, ...quoteLanguages].filter((each) => each !== own).toSorted());
  });

  it.each([...languages, ...quoteLanguages])('are spoken once loaded: %s', async (customer) => {
    expect(await loadCustomerLanguage(customer)).toBe(true);
    const own: Language = customer === 'en' ? 'sv' : 'en';
    await loadWords(own);
    const said = customerWords(customer, wordsIn(own), 'holder/ask');
    expect(said).toMatchObject({ language: customer, meant: wordsIn(own).t('holder/ask') });
    expect(said.words).not.toBe(said.meant);
  });
});

// By hand, after the languages' own rules (CLDR): a missing locale would give the machine's own.
const written: Readonly<Record<Language, { day: string; time: RegExp; month: string; amount: string }>> = {
  sv: { day: '5 nov. 2026', time: /09:05$/, month: 'november 2026', amount: '1\u00a0234\u00a0567,50\u00a0SEK' },
  en: { day: '5 Nov 2026', time: /09:05$/, month: 'November 2026', amount: '1,234,567.50\u00a0SEK' },
  fi: { day: '5.11.2026', time: /9\.05$/, month: 'marraskuu 2026', amount: '1\u00a0234\u00a0567,50\u00a0SEK' },
  nb: { day: '5. nov. 2026', time: /09:05$/, month: 'november 2026', amount: '1\u00a0234\u00a0567,50\u00a0SEK' },
  da: { day: '5. nov. 2026', time: /09\.05$/, month: 'november 2026', amount: '1.234.567,50\u00a0SEK' },
};

describe.each(languages)('in %s', (language) => {
  const { day, time, month, amount } = written[language];

  it('days, times and months are written as people write them', () => {
    expect(dayInWords(language, '2026-11-05')).toBe(day);
    expect(monthInWords(language, '2026-11')).toBe(month);
    const said = dayAndTime(language, new Date(2026, 10, 5, 9, 5).toISOString());
    expect(said).toMatch(time);
    expect(said.startsWith(day)).toBe(true);
  });

  it('sums are', () => {
    expect(amountInWords(language, { value: '1234567.50', currency: 'SEK' })).toBe(amount);
  });
});
