import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKeyInput,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import canonicalize from 'canonicalize';

/*
 * The bank's side, by another hand than the station's: node:crypto alone, from the RFCs. It signs orders and verifies answers.
 */

type Jwk = JsonWebKeyInput['key'];
type Claims = Readonly<Record<string, unknown>>;

/** A key of a bank's system. */
export interface BankSigner {
  readonly kid: string;
  readonly algorithm: 'EdDSA' | 'ES256';
  readonly privateKey: KeyObject;
  readonly jwk: Jwk & { readonly kid: string };
}

export function bankSigner(kid = 'key-1', algorithm: BankSigner['algorithm'] = 'EdDSA'): BankSigner {
  const { privateKey, publicKey } =
    algorithm === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, algorithm, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid } };
}

const encode = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');
const json = (value: unknown): string => encode(JSON.stringify(value));

/** A compact JWS over a header and a payload as they are given. */
export function signedBy(signer: BankSigner, header: unknown, payload: unknown): string {
  const message = `${json(header)}.${typeof payload === 'string' ? encode(payload) : json(payload)}`;
  const signature =
    signer.algorithm === 'EdDSA'
      ? sign(null, Buffer.from(message), signer.privateKey)
      : sign('sha256', Buffer.from(message), { key: signer.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${message}.${encode(signature)}`;
}

/** What administrators say of it: this station alone bears the name. */
export const alone = { audiences: ['exempelbanken'] };

/** A description of a system as an administrator adds it. */
export function bankFile(signer: BankSigner, changes: Claims = {}): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify({
      id: 'https://bank.example/branch',
      name: 'Exempelbanken, kontorssystemet',
      keys: [signer.jwk],
      audiences: ['exempelbanken'],
      ways: ['folder', 'link', 'qr'],
      ...changes,
    }),
  );
}

export const orderHeader = ({ kid, algorithm }: BankSigner) => ({ alg: algorithm, kid, typ: 'styrk-order+jwt' });

/** The claims of an order that is in time at `at` (seconds). */
export function orderClaims(at: number, changes: Claims = {}): Claims {
  return {
    iss: 'https://bank.example/branch',
    aud: 'exempelbanken',
    jti: 'order-4711',
    iat: at,
    exp: at + 900,
    nonce: 'n-0S6_WzA2Mj',
    order: {
      text: 'Överföring till Åsa Öberg',
      amount: { value: '125000.00', currency: 'SEK' },
      reference: 'OCR 1234567897',
      purpose: 'renew-bankid',
    },
    asks: ['given_name', 'family_name', 'birthdate'],
    ...changes,
  };
}

export const orderToken = (signer: BankSigner, claims: Claims): string => signedBy(signer, orderHeader(signer), claims);

/** The canonical order that the claims name, and its hash: what record, answer and chip are bound to (docs/integration.md). */
export function hashOfOrder(claims: Claims): string {
  const instant = (seconds: unknown): string => new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
  const order = claims.order as Claims;
  const whole = {
    schema: 'styrk-order',
    version: 1,
    id: claims.jti,
    issuer: claims.iss,
    audience: claims.aud,
    text: order.text,
    amount: order.amount ?? null,
    reference: order.reference ?? null,
    purpose: order.purpose ?? null,
    customer: order.customer ?? null,
    nonce: claims.nonce,
    issuedAt: instant(claims.iat),
    expiresAt: instant(claims.exp),
  };
  return createHash('sha256')
    .update(canonicalize(whole) ?? '')
    .digest('hex');
}

/** The claims of an answer, verified by one of the station's keys; throws where it is not signed by it. */
export function verifiedAnswer(token: string, keys: readonly Jwk[], typ = 'styrk-answer+jwt') {
  const [head = '', body = '', signature = ''] = token.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString());
  const key = keys.find((one) => (one as { kid?: unknown }).kid === header.kid);
  if (key === undefined || header.typ !== typ) throw new Error('no key, or another type');
  const isEdwards = key.kty === 'OKP';
  if (header.alg !== (isEdwards ? 'EdDSA' : 'ES256')) throw new Error('another algorithm');
  const publicKey = createPublicKey({ key, format: 'jwk' });
  const right = verify(
    isEdwards ? null : 'sha256',
    Buffer.from(`${head}.${body}`),
    isEdwards ? publicKey : { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!right) throw new Error('signature');
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it takes out of an answer.
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, any>;
}
