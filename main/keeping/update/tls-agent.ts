import { Agent } from 'node:https';

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

/**
 * An agent of our own that believes these authorities (PEM): no proxy of the environment, no authority that the environment
 * adds, no switch that turns proof off.
 */
export function tlsAgent(authorities: readonly string[]): Agent {
  return new Agent({
    keepAlive: false,
    ca: [...authorities],
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...withoutBrainpool,
  });
}
