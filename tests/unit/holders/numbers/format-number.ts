import type { NationalNumber } from '../../../../main/holders/numbers/types.ts';

/** A number as its own state writes it. */
export function formatNumber({ country, key }: Pick<NationalNumber, 'country' | 'key'>): string {
  if (country === 'FIN') return key;
  const before = country === 'SWE' ? 8 : 6;
  return `${key.slice(0, before)}${country === 'NOR' ? ' ' : '-'}${key.slice(before)}`;
}
