/** The ciphers of secure messaging (9303-11 §9.8.6, §9.8.7). 3DES is two-key Triple DES. */
export type CipherSuite = '3DES' | 'AES-128' | 'AES-192' | 'AES-256';
