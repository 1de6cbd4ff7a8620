const weights = [7, 3, 1] as const;

/** The value of one character (9303-3 §4.9): digits as they are, A = 10 to Z = 35, filler 0. Throws a RangeError on others. */
function characterValue(character: string): number {
  if (character === '<') return 0;
  if (!/^[0-9A-Z]$/.test(character)) throw new RangeError('not a character of the machine readable zone');
  return Number.parseInt(character, 36);
}

/** The check digit of these characters, one digit (9303-3 §4.9). Throws a RangeError on characters outside A–Z, 0–9, `<`. */
export function checkDigit(characters: string): string {
  let sum = 0;
  for (let index = 0; index < characters.length; index++) {
    sum += characterValue(characters.charAt(index)) * (weights[index % 3] ?? 0);
  }
  return String(sum % 10);
}
