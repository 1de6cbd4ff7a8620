const armour = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/;

/** The DER bytes of a certificate file that may be PEM (RFC 7468); other bytes come back as they are. */
export function derOf(bytes: Uint8Array): Uint8Array {
  // A DER certificate begins with a SEQUENCE, a PEM file with text.
  if (bytes[0] === 0x30) return bytes;
  const match = armour.exec(new TextDecoder('latin1').decode(bytes));
  return match?.[1] === undefined ? bytes : new Uint8Array(Buffer.from(match[1], 'base64'));
}
