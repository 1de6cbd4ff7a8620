import type { LockedPackage } from './lock-file.ts';

/** Licences (SPDX) whose packages may be part of the product: they ask for a notice and no more. */
const inProduct = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'OFL-1.1',
]);

/** Those that may besides build and test it, and never are part of it. */
const aroundProduct = new Set([...inProduct, 'CC-BY-4.0', 'MPL-2.0']);

// Packages that name no licence in their description and bring its text: read by hand, for one version each.
const readByHand: Readonly<Record<string, string>> = { 'png-js@2.0.0': 'MIT' };

/** Whether a licence expression of SPDX may be used: one of the two of an OR, both of an AND. */
export function licenceServes(expression: string | null, part: 'in the product' | 'around it'): boolean {
  if (expression === null) return false;
  const known = part === 'in the product' ? inProduct : aroundProduct;
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some((one) => licenceServes(one, part));
  return bare.split(' AND ').every((one) => known.has(one));
}

/** Packages whose licence nobody has allowed. */
export function strangeLicences(
  parts: readonly LockedPackage[],
  part: 'in the product' | 'around it',
): readonly LockedPackage[] {
  return parts.filter((each) => !licenceServes(licenceOf(each), part));
}

/** The licence of a package, by its description or as it was read in its text; null where neither says one. */
export function licenceOf({ name, version, licence }: LockedPackage): string | null {
  return licence ?? readByHand[`${name}@${version}`] ?? null;
}
