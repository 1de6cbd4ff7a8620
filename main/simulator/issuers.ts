/** The certificates of the specimens' CSCAs (DER) that a training trust store believes; the unknown issuer is not among them. */
export function trainingAnchors(): readonly Uint8Array[] {
  throw new Error('being written');
}

/**
 * SHA-256 over subjectPublicKeyInfo, lower-case hex, of every issuing key that is published with the specimens: CSCAs,
 * document signers and the unknown issuer, with named and with explicit parameters. Import refuses them outside training.
 */
export function publishedIssuerKeyFingerprints(): ReadonlySet<string> {
  throw new Error('being written');
}
