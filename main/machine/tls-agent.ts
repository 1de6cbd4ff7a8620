import { Agent } from 'node:https';
import type { SecureContextOptions } from 'node:tls';

// The groups and signatures of today's servers. Node 24 dies of a server's brainpool certificate after the handshake, so none
// is agreed on; Electron's TLS knows no brainpool, and names these otherwise.
const withoutBrainpool =
  process.versions.electron === undefined
    ? {
        ecdhCurve: 'X25519:P-256:P-384:P-521',
        sigalgs: [
          'ecdsa_secp256r1_sha256',
          'ecdsa_secp384r1_sha384',
          'ecdsa_secp521r1_sha512',
          'ed25519',
          'rsa_pss_rsae_sha256',
          'rsa_pss_rsae_sha384',
          'rsa_pss_rsae_sha512',
          'rsa_pkcs1_sha256',
          'rsa_pkcs1_sha384',
          'rsa_pkcs1_sha512',
        ].join(':'),
      }
    : {};

/** Who the station is to a server that asks: certificate chain and key in PEM, or both in one PKCS#12 file. */
export type ClientIdentity =
  | { readonly kind: 'pem'; readonly certificate: string; readonly key: string; readonly passphrase: string | null }
  | { readonly kind: 'pkcs12'; readonly file: Uint8Array; readonly passphrase: string | null };

/** How any server is asked to prove itself: by these authorities (PEM) alone, and as whom the station proves itself to it. */
export function provedTls(
  authorities: readonly string[],
  identity: ClientIdentity | null = null,
): SecureContextOptions & {
  readonly rejectUnauthorized: true;
} {
  return {
    ca: [...authorities],
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...withoutBrainpool,
    ...(identity === null ? {} : identityOptions(identity)),
  };
}

/**
 * An agent of our own that believes these authorities (PEM): no proxy of the environment, no authority that the environment
 * adds, no switch that turns proof off.
 */
export function tlsAgent(authorities: readonly string[], identity: ClientIdentity | null = null): Agent {
  return new Agent({ keepAlive: false, ...provedTls(authorities, identity) });
}

/** How a server of ours proves itself to whoever asks it; nobody is asked who they are. */
export function servedTls(identity: ClientIdentity): SecureContextOptions {
  return { minVersion: 'TLSv1.2', ...withoutBrainpool, ...identityOptions(identity) };
}

/** The options of TLS that state an identity. */
export function identityOptions(identity: ClientIdentity): SecureContextOptions {
  const passphrase = identity.passphrase === null ? {} : { passphrase: identity.passphrase };
  return identity.kind === 'pem'
    ? { cert: identity.certificate, key: identity.key, ...passphrase }
    : { pfx: Buffer.from(identity.file), ...passphrase };
}
