import { describe, expect, it } from 'vitest';
import { purposeSchema } from '../../../preload/contract.ts';
import { framingCodes } from '../../../renderer/face-model/framing.ts';
import failures from '../../../resources/failures/en.json' with { type: 'json' };
import { loadQuotes, quoteIn, quoteLanguageFacts, quoteLanguages } from '../../../resources/quotes/quotes.ts';
import { isLanguage } from '../../../resources/texts/languages.ts';
import { type TextKey, textsIn } from '../../../resources/texts/texts.ts';

// The page's own quotes; those of failures are all that the catalogue has.
const pageQuotes: readonly TextKey[] = [
  'purpose/ask',
  'holder/ask',
  'key/ask',
  'reading/waitingAsk',
  'reading/readingAsk',
  'face/ask',
  ...framingCodes.map((code) => `face/framing/${code}` as const),
  'face/machine/ask',
  'order/ask',
  'second/ask',
  'second/waitingAsk',
  'noChip/say/passport',
  'noChip/say/identity-card',
  'noChip/say/driving-licence',
  'noChip/say/other-card',
  'noChip/say/nothing',
];
const sentences = [
  ...new Set([
    ...pageQuotes.map((key) => textsIn('en')(key)),
    ...Object.values(failures).map(({ customer }) => customer),
  ]),
];

// What stands on a customer's receipt (renderer/desk/receipt.tsx): names of things beside whole sentences.
const receiptLines = [
  ...(['title', 'what', 'purpose', 'outcome', 'when', 'record', 'fingerprint', 'proof', 'training'] as const).map(
    (key) => textsIn('en')(`receipt/${key}`),
  ),
  ...purposeSchema.options.map((purpose) => textsIn('en')(`purposes/${purpose}`)),
  ...(['go-on', 'refer', 'stop', 'abandoned'] as const).map((outcome) => textsIn('en')(`outcomes/${outcome}`)),
];

await Promise.all(quoteLanguages.map(loadQuotes));

// Unicode scripts of what is written from right to left, and of what is not.
const script = { ar: /\p{Script=Arabic}/u, fa: /\p{Script=Arabic}/u, uk: /\p{Script=Cyrillic}/u } as const;

describe.each(quoteLanguages)('what customers are told in %s', (language) => {
  it('is there for every sentence that staff may have to say', () => {
    expect(sentences.filter((sentence) => quoteIn(language, sentence) === null)).toEqual([]);
  });

  it('is another sentence than the English one, whole, and of one line', () => {
    for (const sentence of sentences) {
      const said = quoteIn(language, sentence) ?? '';
      expect(said).not.toBe(sentence);
      expect(said).toMatch(/[.?؟]$/u);
      expect(said).not.toMatch(/[\n\u202a-\u202e\u2066-\u2069]/u);
    }
  });

  it('is there for every line of a receipt, another than the English one and of one line', () => {
    const said = receiptLines.map((line) => quoteIn(language, line));
    expect(receiptLines.filter((_, index) => said[index] === null)).toEqual([]);
    expect(said.filter((line, index) => line === receiptLines[index] || /\n/.test(line ?? ''))).toEqual([]);
  });

  it('is written in its own script', () => {
    const own = script[language as keyof typeof script] ?? /\p{Script=Latin}/u;
    expect(sentences.every((sentence) => own.test(quoteIn(language, sentence) ?? ''))).toBe(true);
    expect(quoteLanguageFacts[language].direction).toBe(own === script.ar || own === script.fa ? 'rtl' : 'ltr');
  });
});

it('are languages that the interface does not have: each sentence is translated in one place', () => {
  expect(quoteLanguages.filter(isLanguage)).toEqual([]);
});

it('asks for the number of nobody aloud: the document is asked for', () => {
  expect(
    sentences.filter((sentence) => /tell me your personal number|say your personal number/i.test(sentence)),
  ).toEqual([]);
});
