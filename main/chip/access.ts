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

/** The outcome of an access protocol. The session is already that of the channel it ran on. */
export interface AccessResult {
  readonly evidence: AccessEvidence;
  readonly session: SecureMessagingSession;
}
