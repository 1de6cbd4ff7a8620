/** The kinds of signatures that are made and read here; the numbers are signed-note's and tlog-cosignature's. */
export const signatureTypes = { ed25519: 0x01, 'cosignature-ed25519': 0x04, 'cosignature-ml-dsa-44': 0x06 } as const;
export type SignatureType = keyof typeof signatureTypes;
export type CosignatureType = Exclude<SignatureType, 'ed25519'>;
