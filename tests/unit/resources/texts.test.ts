import { describe, expect, it } from 'vitest';
import { checkIds, checkResults } from '../../../main/result/check.ts';
import english from '../../../resources/texts/en.json' with { type: 'json' };
import swedish from '../../../resources/texts/sv.json' with { type: 'json' };
import { languages, type TextKey, textsIn } from '../../../resources/texts/texts.ts';

function flat(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node as object).flatMap(([key, child]) => flat(child, path === '' ? key : `${path}/${key}`));
}

const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('the texts', () => {
  it('have the same paths in both languages', () => {
    expect(flat(swedish).map(([path]) => path)).toEqual(flat(english).map(([path]) => path));
  });

  it('are never empty and hold no markup', () => {
    for (const [path, text] of [...flat(swedish), ...flat(english)]) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).toBe(text.trim());
      expect(text, path).not.toMatch(/<\/?[a-z]+>/i);
    }
  });

  it('have the same placeholders in both languages', () => {
    const other = new Map(flat(english));
    for (const [path, text] of flat(swedish)) {
      expect(placeholders(text), path).toEqual(placeholders(other.get(path) ?? ''));
    }
  });

  it('name every check and say a sentence for each of its results', () => {
    for (const language of languages) {
      const text = textsIn(language);
      for (const id of checkIds) {
        expect(text(`checks/${id}/name`)).not.toBe('');
        for (const result of checkResults) expect(text(`checks/${id}/${result}`)).toMatch(/\.$/);
      }
    }
  });

  it('choose between one and many', () => {
    expect(textsIn('sv')('holder/found', { count: 1 })).toBe('1 person hittad');
    expect(textsIn('sv')('holder/found', { count: 3 })).toBe('3 personer hittade');
  });

  it('show what was typed as it was typed', () => {
    expect(textsIn('en')('holder/nobody', { query: '<b>&' })).toContain('“<b>&”');
  });

  it('refuse a path that is not there', () => {
    expect(() => textsIn('en')('checks/nothing' as TextKey)).toThrow(RangeError);
  });
});
