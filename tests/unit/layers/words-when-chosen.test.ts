import { describe, expect, it } from 'vitest';
import { quoteLanguages } from '../../../resources/quotes/quotes.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { importAtStart, importLater, loadedBy } from '../../support/loaded-by.ts';

/* A page starts with the words of one language, not of all: the rest is loaded when it is chosen. */

const wordFiles = (loaded: ReadonlySet<string>) =>
  [...loaded].filter((name) => /^resources\/(texts|failures|quotes)\/[a-z]{2}\.json$/.test(name)).toSorted();

describe.each(['renderer/main.tsx', 'renderer/confirm.tsx', 'renderer/kiosk.tsx'])('%s', (page) => {
  it('starts with the English catalogue and no other', () => {
    expect(wordFiles(loadedBy(page, [importAtStart]))).toEqual([
      'resources/failures/en.json',
      'resources/texts/en.json',
    ]);
  });

  it('can load every language of the interface', () => {
    const later = wordFiles(loadedBy(page, [importAtStart, importLater]));
    for (const language of languages)
      expect(later).toEqual(
        expect.arrayContaining([`resources/failures/${language}.json`, `resources/texts/${language}.json`]),
      );
  });
});

it('the desk can load what customers are told in every other language', () => {
  const later = wordFiles(loadedBy('renderer/main.tsx', [importAtStart, importLater]));
  expect(later).toEqual(expect.arrayContaining(quoteLanguages.map((language) => `resources/quotes/${language}.json`)));
});

it.each(['preload/index.ts', 'preload/confirm.ts', 'preload/kiosk.ts'])('%s has no catalogue at all', (entry) => {
  const loaded = loadedBy(entry, [importAtStart, importLater]);
  expect(loaded.has('resources/texts/languages.ts')).toBe(true);
  expect(wordFiles(loaded)).toEqual([]);
});

it('is found by this search where all are loaded at once: the main process', () => {
  const loaded = wordFiles(loadedBy('main/front-door.ts', [importAtStart]));
  expect(loaded).toEqual(expect.arrayContaining(languages.map((language) => `resources/texts/${language}.json`)));
});
