import { fromBER } from 'asn1js';
import {
  AuthenticatedSafe,
  CertBag,
  Certificate,
  CryptoEngine,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
  setEngine,
} from 'pkijs';

/** A PKCS#12 file (RFC 7292) of a certificate (DER) and its key (PKCS#8, DER), as banks hand them out. */
export async function pkcs12Of(certificate: Uint8Array, key: Uint8Array, passphrase: string): Promise<Uint8Array> {
  setEngine('node', new CryptoEngine({ name: 'node', crypto: globalThis.crypto }));
  const password = new Uint8Array(new TextEncoder().encode(passphrase)).buffer;
  const keyBag = new PKCS8ShroudedKeyBag({
    parsedValue: new PrivateKeyInfo({ schema: fromBER(new Uint8Array(key).buffer).result }),
  });
  // The initialisation vector is drawn by pkijs itself, whatever its type asks for.
  const contentEncryptionAlgorithm = { name: 'AES-CBC', length: 256 } as AesCbcParams & { length: number };
  await keyBag.makeInternalValues({
    password,
    contentEncryptionAlgorithm,
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: 2_048,
  });
  const certificateBag = new CertBag({ parsedValue: Certificate.fromBER(new Uint8Array(certificate)) });
  const safe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        {
          privacyMode: 0,
          value: new SafeContents({
            safeBags: [
              new SafeBag({ bagId: '1.2.840.113549.1.12.10.1.2', bagValue: keyBag }),
              new SafeBag({ bagId: '1.2.840.113549.1.12.10.1.3', bagValue: certificateBag }),
            ],
          }),
        },
      ],
    },
  });
  await safe.makeInternalValues({ safeContents: [{}] });
  const file = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await file.makeInternalValues({
    password,
    iterations: 2_048,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  });
  return new Uint8Array(file.toSchema().toBER());
}
