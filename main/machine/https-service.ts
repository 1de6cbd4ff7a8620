import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { longest } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import { type ClientIdentity, identityOptions } from './tls-agent.ts';

/**
 * A service on the network that an administrator named. Nothing else may be asked: what is called lies below this address,
 * and no answer leads anywhere else.
 */
export interface HttpsService {
  /** https, without credentials, query or fragment; ends with `/`. */
  readonly address: string;
  /** The authority (PEM, one or several) that its certificate must lead to; null for those that are generally known. */
  readonly authority: string | null;
  /** Who the station is to it; null where it asks for nobody. */
  readonly identity: ClientIdentity | null;
}

const longestPem = 32 * 1024;
const longestPkcs12 = 64 * 1024;
const pkcs12Tag = 0x30;

/** The files that name a service, as an administrator gives them. */
export interface ServiceFiles {
  readonly authority: Uint8Array | null;
  /** PEM with the station's certificate, its chain behind it, or a whole PKCS#12 file. */
  readonly certificate: Uint8Array | null;
  /** PEM; null where the file above is PKCS#12, or holds it too. */
  readonly key: Uint8Array | null;
  readonly passphrase: string | null;
}

/** No authority of its own, and nobody to tell. */
export const noServiceFiles: ServiceFiles = { authority: null, certificate: null, key: null, passphrase: null };

/**
 * A service as an administrator sets it: each file is tried now, so that no customer waits for what cannot work. Fails with
 * `service.unusable` and why.
 */
export function httpsService(address: string, files: ServiceFiles): HttpsService {
  return {
    address: serviceAddress(address),
    authority: files.authority === null ? null : authorityIn(files.authority),
    identity: files.certificate === null ? withoutKey(files) : identityIn(files.certificate, files),
  };
}

function unusable(reason: string, cause?: unknown): Failure {
  return new Failure('service.unusable', { reason }, cause);
}

function withoutKey({ key, passphrase }: ServiceFiles): null {
  if (key !== null || passphrase !== null) throw unusable('a key without its certificate');
  return null;
}

function serviceAddress(text: string): string {
  const address = text.length <= longest.place && URL.canParse(text) ? new URL(text) : null;
  if (address === null) throw unusable('no address');
  if (address.protocol !== 'https:') throw unusable('not https');
  if (address.username !== '' || address.password !== '') throw unusable('credentials in the address');
  if (address.search !== '' || address.hash !== '') throw unusable('a query or fragment in the address');
  return address.href.endsWith('/') ? address.href : `${address.href}/`;
}

function authorityIn(bytes: Uint8Array): string {
  const pem = pemIn(bytes, 'no certificate authority (PEM)');
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    // What TLS reads of a PEM ends silently at the first block that it cannot read: each is looked at by itself.
    if (blocks.length === 0 || blocks.length !== pem.split('-----BEGIN ').length - 1) throw new Error('no PEM');
    for (const block of blocks) new X509Certificate(block);
    createSecureContext({ ca: blocks });
  } catch (thrown) {
    throw unusable('no certificate authority (PEM)', thrown);
  }
  return blocks.join('\n');
}

/** Certificate and key of these files, tried now. Fails with `service.unusable`. */
export function identityIn(
  certificate: Uint8Array,
  { key, passphrase }: Pick<ServiceFiles, 'key' | 'passphrase'>,
): ClientIdentity {
  const identity: ClientIdentity =
    certificate[0] === pkcs12Tag
      ? { kind: 'pkcs12', file: pkcs12In(certificate, key), passphrase }
      : {
          kind: 'pem',
          certificate: pemIn(certificate, 'no certificate (PEM or PKCS#12)'),
          key: pemIn(key ?? certificate, 'no key (PEM)'),
          passphrase,
        };
  try {
    if (identity.kind === 'pem') proveKey(identity);
    createSecureContext(identityOptions(identity));
  } catch (thrown) {
    throw unusable(
      thrown instanceof Failure ? String(thrown.fields.reason) : 'certificate or key cannot be used',
      thrown,
    );
  }
  return identity;
}

/**
 * The certificate (DER) in the PKCS#12 file of an identity; null where this build of TLS hands none on: it opens the file, and nothing in
 * its documented interface tells what lies in it.
 */
export function certificateInPkcs12(identity: Extract<ClientIdentity, { kind: 'pkcs12' }>): Uint8Array | null {
  const { context } = createSecureContext(identityOptions(identity)) as {
    readonly context?: { readonly getCertificate?: () => unknown };
  };
  const found = context?.getCertificate?.();
  return found instanceof Uint8Array ? found : null;
}

// A key that is not the certificate's is taken by some builds of TLS, and refused by the server alone.
function proveKey({ certificate, key, passphrase }: Extract<ClientIdentity, { kind: 'pem' }>): void {
  const secret = createPrivateKey({ key, ...(passphrase === null ? {} : { passphrase }) });
  if (!new X509Certificate(certificate).checkPrivateKey(secret)) throw unusable('the key is not of this certificate');
}

function pkcs12In(bytes: Uint8Array, key: Uint8Array | null): Uint8Array {
  if (key !== null) throw unusable('a PKCS#12 file holds its key');
  if (bytes.length > longestPkcs12) throw unusable('too large for a PKCS#12 file');
  return bytes;
}

function pemIn(bytes: Uint8Array, reason: string): string {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, longestPem + 1));
  if (text.length > longestPem || !text.includes('-----BEGIN ')) throw unusable(reason);
  return text;
}
