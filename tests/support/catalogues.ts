import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Language } from '../../resources/texts/languages.ts';

const resources = resolve(import.meta.dirname, '../../resources');
const parsed = (path: string): object => JSON.parse(readFileSync(resolve(resources, path), 'utf8')) as object;

/** The texts of a language as its file has them. */
export const textFile = (language: Language): object => parsed(`texts/${language}.json`);

/** The words for failures as a language's file has them. */
export const failureFile = (language: Language): object => parsed(`failures/${language}.json`);

/** Every text of a catalogue by its path, in the order of the file. */
export function flatTexts(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node as object).flatMap(([key, child]) =>
    flatTexts(child, path === '' ? key : `${path}/${key}`),
  );
}
