import type { HashName } from '../../crypto/hash.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { SignerIdentifier } from '../cms/cms.ts';

/** What may be wrong with a series of documents (TR-03129-2 §7, 9303-3 §7). */
export const defectKinds = [
  'signer-revoked',
  'signer-replaced',
  'signer-signature-wrong',
  'signer-encoding-wrong',
  'authority-encoding-wrong',
  'chip-authentication-key-compromised',
  'active-authentication-key-compromised',
  'data-group-malformed',
  'data-group-hash-wrong',
  'security-object-wrong',
  'card-security-malformed',
  'files-inconsistent',
  'mrz-wrong',
  'chip-unusable',
  'unknown',
] as const;
export type DefectKind = (typeof defectKinds)[number];

export interface Defect {
  readonly kind: DefectKind;
  /** Object identifier as the list has it. */
  readonly type: string;
  readonly description: string | null;
  /** StatusCode of a revocation (TR-03129-2). */
  readonly status: number | null;
  /** DER of the certificate that takes the malformed one's place. */
  readonly replacement: Uint8Array | null;
  readonly dataGroups: readonly number[];
}

/** Which documents an entry means: all conditions together (9303-3 §7). One without any condition means none. */
export interface DefectEntry {
  readonly signer: SignerIdentifier | null;
  readonly certificateHash: { readonly hash: HashName; readonly value: Uint8Array } | null;
  readonly documentType: string | null;
  readonly issued: { readonly first: PlainDate; readonly last: PlainDate } | null;
  readonly documentNumbers: ReadonlySet<string> | null;
  readonly defects: readonly Defect[];
}

/** A defect list that was verified, with its entries. */
export interface DefectList {
  readonly digest: string;
  readonly kind: 'defect-list' | 'deviation-list';
  readonly signer: string;
  readonly date: PlainDate | null;
  /**
   * The state for whose documents the list speaks, as the signer's certificate names it; null for those of every state: a
   * defect list is one authority's knowledge of others' documents, a deviation list is a state's word about its own.
   */
  readonly state: string | null;
  readonly entries: readonly DefectEntry[];
}
