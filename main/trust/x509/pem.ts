/** One armoured block of a PEM file (RFC 7468): `CERTIFICATE`, `X509 CRL`, `PKCS7`, `CMS`. */
export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
}

const armour = /-----BEGIN ([A-Z0-9 ]{1,32})-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/** Every armoured block of a text file in its order; none for other files. */
export function pemBlocks(bytes: Uint8Array): readonly PemBlock[] {
  if (bytes[0] === 0x30) return [];
  const text = new TextDecoder('latin1').decode(bytes);
  return [...text.matchAll(armour)].map(([, label = '', base64 = '']) => ({
    label,
    der: new Uint8Array(Buffer.from(base64, 'base64')),
  }));
}

/** The DER bytes of a file that may be PEM (RFC 7468): of its first block. Other bytes come back as they are. */
export function derOf(bytes: Uint8Array): Uint8Array {
  return pemBlocks(bytes)[0]?.der ?? bytes;
}
