import { trustBounds } from '../../preload/contract.ts';
import { longest } from '../result/bounds.ts';

/** A name of a certificate or a list, as long as a page takes it. */
export function short(text: string): string {
  return text.length <= longest.issuerName ? text : `${text.slice(0, longest.issuerName - 1)}…`;
}

/** A country's code. What an earlier version took from a file may be longer than any: one such entry must not close the page. */
export function countryCode(country: string): string {
  return country.slice(0, trustBounds.countryCode);
}
