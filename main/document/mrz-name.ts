import type { MrzName } from './types.ts';

function spaced(part: string): string {
  return part.replace(/<+/g, ' ').trim();
}

/**
 * The name field of the MRZ. The first `<<` ends the primary identifier; where none follows, the person has one name
 * (9303-3 §4.6). A field that ends with a letter may be cut, one that ends with a filler is whole (9303-4 §4.2.3).
 */
export function parseName(field: string): MrzName {
  const end = field.indexOf('<<');
  const primary = end === -1 ? field : field.slice(0, end);
  const secondary = end === -1 ? '' : field.slice(end + 2);
  return {
    surname: spaced(primary),
    givenNames: spaced(secondary),
    field,
    maybeTruncated: field.length > 0 && !field.endsWith('<'),
  };
}

/**
 * A name field of `width` characters from names in MRZ space (A–Z, spaces). A name that does not fit is cut as
 * 9303-4 §4.2.3 allows: the longest components first, none below its initial, the last character a letter.
 */
export function buildName(surname: string, givenNames: string, width: number): string {
  const primary = surname.split(' ').filter((component) => component !== '');
  const secondary = givenNames.split(' ').filter((component) => component !== '');
  // Initials alone may still be too many: the last secondary components go first, the first one stays.
  while (shortest(primary, secondary) > width && secondary.length + primary.length > 2) {
    if (secondary.length > 1) secondary.pop();
    else primary.pop();
  }
  for (let over = join(primary, secondary).length - width; over > 0; over--) {
    shortenLongest(primary, secondary);
  }
  return join(primary, secondary).padEnd(width, '<');
}

function join(primary: readonly string[], secondary: readonly string[]): string {
  return secondary.length === 0 ? primary.join('<') : `${primary.join('<')}<<${secondary.join('<')}`;
}

function shortest(primary: readonly string[], secondary: readonly string[]): number {
  return join(
    primary.map(() => '_'),
    secondary.map(() => '_'),
  ).length;
}

function shortenLongest(...lists: readonly string[][]): void {
  const longest = Math.max(...lists.flat().map((component) => component.length));
  // From the end: a given name is shortened before a surname of the same length.
  for (const list of lists.toReversed()) {
    const index = list.findLastIndex((component) => component.length === longest);
    if (index !== -1) {
      list[index] = list[index]?.slice(0, -1) ?? '';
      return;
    }
  }
}
