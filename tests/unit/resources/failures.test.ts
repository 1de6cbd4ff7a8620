import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../../main/result/failure-codes.ts';
import { failureWords } from '../../../resources/failures/failures.ts';
import retries from '../../../resources/failures/retry.json' with { type: 'json' };
import { retryAfter } from '../../../resources/failures/retry.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { failureFile } from '../../support/catalogues.ts';

const codes = [...failureCodes].sort();
const fromEnglish = languages.filter((language) => language !== 'en');
const figures = (text: string) => (text.match(/\d+/g) ?? []).sort();

describe('the failure catalogue', () => {
  it.each([...languages.map((language) => [language, failureFile(language)] as const), ['retry', retries] as const])(
    '%s has an entry for every code and for no other',
    (_, catalogue) => {
      expect(Object.keys(catalogue).sort()).toEqual(codes);
    },
  );

  it.each(languages)('says in %s what happened, what staff do and what the customer is told', (language) => {
    for (const code of failureCodes) {
      const words = failureWords(language, code);
      expect(Object.keys(words), code).toEqual(['happened', 'staff', 'customer']);
      for (const text of Object.values(words)) {
        expect(text, code).toBe(text.trim());
        expect(text, code).toMatch(/[.?!]$/);
        expect(text, code).not.toMatch(/[<>]\/?[a-z]+>|\{\{/);
      }
    }
  });

  it.each(fromEnglish)('is in %s no English that was left, and names the same figures', (language) => {
    for (const code of failureCodes) {
      const [own, english] = [failureWords(language, code), failureWords('en', code)];
      for (const part of ['happened', 'staff', 'customer'] as const) {
        expect(own[part], code).not.toBe(english[part]);
        expect(figures(own[part]), `${code} ${part}: ${own[part]}`).toEqual(figures(english[part]));
      }
    }
  });

  it.each(languages)('never shows people a status word or the name of a protocol in %s', (language) => {
    for (const code of failureCodes) {
      const text = Object.values(failureWords(language, code)).join(' ');
      expect(text, code).not.toMatch(/\b(6[0-9A-F]{3}|APDU|PACE|BAC|TLV|CMS|CSCA|EF\.|SOD|MRZ)\b/);
    }
  });

  it('says for every code whether a retry helps', () => {
    for (const code of failureCodes) expect(['yes', 'no', 'later'], code).toContain(retryAfter(code));
  });

  it('never promises that a retry mends a forged document', () => {
    for (const code of ['data-group.hash-differs', 'security-object.signature-wrong', 'document.expired'] as const) {
      expect(retryAfter(code)).toBe('no');
    }
  });
});
