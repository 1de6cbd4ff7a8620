import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts that may stand in no file of an ordinary product, and what each would be. */
export interface Needle {
  readonly text: string;
  readonly what: string;
}

interface KeyFile {
  readonly keys: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The private halves of the specimens' keys and the roster's personal numbers, from the sources that hold them. */
export function trainingNeedles(root: string): readonly Needle[] {
  const keys = ['issuer-keys.json', 'chip-keys.json'].flatMap((name) => {
    const { keys } = JSON.parse(readFileSync(join(root, 'resources/specimens', name), 'utf8')) as KeyFile;
    return Object.entries(keys).flatMap(([id, key]) =>
      [key.privateKey, key.privateExponent]
        .filter((value): value is string => typeof value === 'string')
        .map((value) => ({ text: value.toLowerCase(), what: `specimen key ${id}` })),
    );
  });
  const people = readFileSync(join(root, 'main/simulator/documents/people.ts'), 'utf8');
  const numbers = [...people.matchAll(/person\('\w+', '(\d{12})'/g)].map(([, text]) => text ?? '');
  if (keys.length === 0 || numbers.length === 0) throw new Error('the training data is not where it was');
  return [...keys, ...numbers.map((text) => ({ text, what: 'a person of the training roster' }))];
}

/** What of it stands in a file, first found. Letters' case is nothing in hexadecimal. */
export function needleIn(content: Buffer, needles: readonly Needle[]): Needle | null {
  const text = content.toString('latin1').toLowerCase();
  return needles.find((needle) => text.includes(needle.text.toLowerCase())) ?? null;
}
