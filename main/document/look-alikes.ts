/** Characters that people take for each other in OCR-B and on a keyboard: a digit, and the letters that look like it. */
const groups = ['0OQD', '1IL', '2Z', '5S', '6G', '8BS'] as const;

const digitOf: ReadonlyMap<string, string> = new Map([
  ['O', '0'],
  ['Q', '0'],
  ['D', '0'],
  ['I', '1'],
  ['L', '1'],
  ['Z', '2'],
  ['S', '5'],
  ['G', '6'],
  ['B', '8'],
]);

const letterOf: ReadonlyMap<string, string> = new Map([
  ['0', 'O'],
  ['1', 'I'],
  ['2', 'Z'],
  ['5', 'S'],
  ['6', 'G'],
  ['8', 'B'],
]);

/** The characters that look like this one, itself left out. */
export function looksLike(character: string): readonly string[] {
  const others = groups.filter((group) => group.includes(character)).flatMap((group) => [...group]);
  return [...new Set(others)].filter((other) => other !== character);
}

/** The digit that a letter stands for where letters are not allowed; null where none looks like it. */
export function digitFor(letter: string): string | null {
  return digitOf.get(letter) ?? null;
}

/** The letter that a digit stands for where digits are not allowed; null where none looks like it. */
export function letterFor(digit: string): string | null {
  return letterOf.get(digit) ?? null;
}
