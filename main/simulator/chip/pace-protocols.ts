import { type Cipher, ciphers } from './key-derivation.ts';

/** id-PACE (9303-11 §9.2.2); the next arc is mapping and agreement, the last one the cipher. */
const pace = '0.4.0.127.0.7.2.2.4';

export type Mapping = 'GM' | 'IM' | 'CAM';
export type Agreement = 'DH' | 'ECDH';

const arcs = { 'DH-GM': 1, 'ECDH-GM': 2, 'DH-IM': 3, 'ECDH-IM': 4, 'ECDH-CAM': 6 } as const;
type Variant = keyof typeof arcs;

export interface PaceProtocol {
  readonly agreement: Agreement;
  readonly mapping: Mapping;
  readonly cipher: Cipher;
}

/** The object identifier of a variant of PACE, dotted. */
export function paceProtocol(variant: Variant, cipher: Cipher): string {
  return `${pace}.${arcs[variant]}.${ciphers.indexOf(cipher) + 1}`;
}

const variants: ReadonlyMap<string, Omit<PaceProtocol, 'cipher'>> = new Map([
  ['1', { agreement: 'DH', mapping: 'GM' }],
  ['2', { agreement: 'ECDH', mapping: 'GM' }],
  ['3', { agreement: 'DH', mapping: 'IM' }],
  ['4', { agreement: 'ECDH', mapping: 'IM' }],
  ['6', { agreement: 'ECDH', mapping: 'CAM' }],
]);

/** What an object identifier of PACE stands for. Throws a RangeError on any other: a profile names only what exists. */
export function readPaceProtocol(oid: string): PaceProtocol {
  const [variant = '', last, ...more] = oid.startsWith(`${pace}.`) ? oid.slice(pace.length + 1).split('.') : [];
  const found = variants.get(variant);
  const cipher = ciphers[Number(last) - 1];
  if (found === undefined || cipher === undefined || more.length > 0) throw new RangeError('no such protocol');
  // 9303-11 §9.2.2: chip authentication mapping has no 3DES.
  if (found.mapping === 'CAM' && cipher === '3DES') throw new RangeError('no such protocol');
  return { ...found, cipher };
}
