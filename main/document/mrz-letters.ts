/**
 * Letters outside A–Z that 9303-3 §6 gives forms of their own, the recommended form first. Letters with diacritics that
 * are not listed lose them (§6.A); apostrophes and the soft sign are dropped.
 */
const latin: Readonly<Record<string, readonly string[]>> = {
  Ä: ['AE', 'A'],
  Å: ['AA', 'A'],
  Æ: ['AE'],
  Ð: ['D'],
  Đ: ['D'],
  Ə: ['E'],
  Ħ: ['H'],
  Ĳ: ['IJ'],
  ĸ: ['Q'],
  Ŀ: ['L'],
  Ł: ['L'],
  Ñ: ['N', 'NXX'],
  Ŋ: ['N'],
  Ö: ['OE', 'O'],
  Ø: ['OE'],
  Œ: ['OE'],
  ẞ: ['SS'],
  Þ: ['TH'],
  Ŧ: ['T'],
  Ü: ['UE', 'UXX', 'U'],
};

/** 9303-3 §6.B; the second forms are those of single languages (Belarusian, Bulgarian, Macedonian, Serbian, Ukrainian). */
const cyrillic: Readonly<Record<string, readonly string[]>> = {
  Ё: ['E', 'IO'],
  Ђ: ['D'],
  Ѓ: ['G', 'GJ'],
  Є: ['IE', 'YE'],
  Ѕ: ['DZ'],
  І: ['I'],
  Ї: ['I', 'YI'],
  Ј: ['J'],
  Љ: ['LJ'],
  Њ: ['NJ'],
  Ћ: ['C'],
  Ќ: ['K', 'KJ'],
  Ў: ['U'],
  Џ: ['DZ', 'DJ'],
  А: ['A'],
  Б: ['B'],
  В: ['V'],
  Г: ['G', 'H'],
  Д: ['D'],
  Е: ['E'],
  Ж: ['ZH', 'Z'],
  З: ['Z'],
  И: ['I', 'Y'],
  Й: ['I'],
  К: ['K'],
  Л: ['L'],
  М: ['M'],
  Н: ['N'],
  О: ['O'],
  П: ['P'],
  Р: ['R'],
  С: ['S'],
  Т: ['T'],
  У: ['U'],
  Ф: ['F'],
  Х: ['KH', 'H'],
  Ц: ['TS', 'C'],
  Ч: ['CH', 'C'],
  Ш: ['SH', 'S'],
  Щ: ['SHCH', 'SHT'],
  Ъ: ['IE'],
  Ы: ['Y'],
  Ь: [''],
  Э: ['E'],
  Ю: ['IU', 'YU'],
  Я: ['IA', 'YA'],
  Ѫ: ['U'],
  Ѵ: ['Y'],
  Ґ: ['G'],
  Ғ: ['F'],
  Һ: ['C'],
};

const table: ReadonlyMap<string, readonly string[]> = new Map([...Object.entries(latin), ...Object.entries(cyrillic)]);

// 9303-3 §4.6: a hyphen or comma between components becomes a filler, other punctuation goes without one.
const separator = /^[\s,\p{Pd}]$/u;
const dropped = /^[\p{M}\p{P}\p{Sk}\p{Lm}\p{Cf}]$/u;
const none = [''] as const;
const space = [' '] as const;

const itself: ReadonlyMap<string, readonly string[]> = new Map(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => [letter, [letter]]),
);

/** The allowed forms in MRZ space of one upper-case character; null where 9303-3 §6 has none. */
export function letterForms(character: string): readonly string[] | null {
  const own = itself.get(character);
  if (own !== undefined) return own;
  if (separator.test(character)) return space;
  const listed = table.get(character);
  if (listed !== undefined) return listed;
  if (dropped.test(character)) return none;
  const base = character.normalize('NFD').replace(/\p{M}/gu, '');
  return /^[A-Z]$/.test(base) ? [base] : null;
}
