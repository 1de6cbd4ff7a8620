import { buildMrz, type MrzFields } from '../../../main/document/mrz-build.ts';
import type { PictureRandom } from './picture-random.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';
// A number may hold any of these (9303-3 §4.3): the picture alone tells O from 0.
const mixed = letters + digits;
const states = [
  'SWE',
  'FIN',
  'NOR',
  'DNK',
  'ISL',
  'D',
  'FRA',
  'GBR',
  'USA',
  'POL',
  'UKR',
  'SOM',
  'IRN',
  'IRQ',
  'UTO',
  'QAT',
];

function day(random: PictureRandom): string {
  const two = (from: number, count: number) => String(from + random.below(count)).padStart(2, '0');
  return two(0, 100) + two(1, 12) + two(1, 28);
}

function name(random: PictureRandom, words: number): string {
  return Array.from({ length: words }, () => random.text(letters, 2 + random.below(9))).join(' ');
}

/** The lines of a made-up document: no word of them can be guessed, so that each letter must be read. */
export function madeUpZone(random: PictureRandom): readonly string[] {
  const format = random.one(['TD3', 'TD3', 'TD1', 'TD2'] as const);
  const longest = format === 'TD3' ? 9 : 9 + random.below(2) * random.below(4);
  const fields: MrzFields = {
    format,
    documentCode: format === 'TD3' ? random.one(['P', 'P', 'PP']) : random.one(['I', 'ID', 'AR']),
    issuer: random.one(states),
    documentNumber: random.text(random.chance(0.5) ? mixed : digits, format === 'TD3' ? 7 + random.below(3) : longest),
    nationality: random.one(states),
    surname: name(random, 1 + random.below(2)).slice(0, format === 'TD1' ? 14 : 18),
    givenNames: name(random, 1 + random.below(3)),
    birthDate: day(random),
    sex: random.one(['F', 'M', 'X'] as const),
    expiryDate: day(random),
    optionalData:
      longest > 9 ? '' : random.one(['', random.text(digits, format === 'TD2' ? 6 : 12), random.text(mixed, 5)]),
  };
  return buildMrz(fields);
}
