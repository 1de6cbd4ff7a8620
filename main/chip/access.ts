import type { AgreementGroup } from './agreement-group.ts';
import type { CipherSuite } from './key-derivation.ts';
import type { SecureMessagingSession } from './secure-messaging.ts';
import type { KeyAgreement, PaceMappingName } from './security-infos.ts';

/** How the chip was opened, in the words of the standard; what a protocol does not have is null. */
export interface AccessEvidence {
  readonly protocol: 'PACE' | 'BAC';
  readonly mapping: PaceMappingName | null;
  readonly agreement: KeyAgreement | null;
  /** Standard name of the domain parameters: `brainpoolP256r1`. */
  readonly parameters: string | null;
  readonly cipher: CipherSuite;
}

/** What PACE with chip authentication mapping leaves for the proof of the chip (9303-11 §4.4.3.5.2). */
export interface ChipAuthenticationMappingEvidence {
  readonly group: AgreementGroup;
  readonly parameterId: number | null;
  /** PK_Map,IC: the chip's public key of step 2. */
  readonly chipMappingKey: Uint8Array;
  /** CA_IC, decrypted; null where the chip sent none, or nothing that decrypts. */
  readonly chipAuthenticationData: Uint8Array | null;
}

/** The outcome of an access protocol. The session is already that of the channel it ran on. */
export interface AccessResult {
  readonly evidence: AccessEvidence;
  readonly session: SecureMessagingSession;
  /** Null but for chip authentication mapping. */
  readonly mappingEvidence: ChipAuthenticationMappingEvidence | null;
}
