import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import type { AgreementGroup } from './agreement-group.ts';
import type { CipherSuite } from './key-derivation.ts';
import type { PaceMappingName } from './security-infos.ts';

/** What a mapping may use while PACE runs (9303-11 §4.4.3.3). */
export interface PaceMappingContext {
  readonly group: AgreementGroup;
  readonly cipher: CipherSuite;
  /** The decrypted nonce s; purged once it is mapped. */
  readonly nonce: SecretBytes;
  readonly random: RandomSource;
  /** Step 2: sends mapping data in DO 81 and returns that of DO 82, empty where there is none. */
  exchangeMappingData(data: Uint8Array): Promise<Uint8Array>;
}

export interface MappedGenerator {
  /** Ĝ; whoever asked for it purges it. With it or its parts passwords could be tried out against what went over the air. */
  readonly generator: SecretBytes;
  /** The chip's public key of step 2, where the mapping has one. */
  readonly chipPublicKey: Uint8Array | null;
}

/** One way to map the nonce to a fresh generator of the group. */
export interface PaceMapping {
  readonly name: PaceMappingName;
  /** Whether the mapping is defined for this group. */
  suits(group: AgreementGroup): boolean;
  /** Fails with `access.peer-key-invalid`, `access.pace-failed`. */
  map(context: PaceMappingContext): Promise<MappedGenerator>;
}
