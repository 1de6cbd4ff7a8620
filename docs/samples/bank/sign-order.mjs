// An order, signed by the key of make-key.mjs, on standard output: a compact JWS (RFC 7515) with Ed25519 (RFC 8037).
//   node sign-order.mjs station.json
// station.json is what `styrk banks list --json` prints: the order is for that station and no other.
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const read = (file, from) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    process.stderr.write(`no JSON in ${file}: ${from}\n`);
    process.exit(1);
  }
};
const { kid, ...jwk } = read('bank-key.json', 'make-key.mjs writes it');
const { station } = read(process.argv[2] ?? 'station.json', 'styrk banks list --json prints it');
const now = Math.floor(Date.now() / 1000);
const header = { alg: 'EdDSA', kid, typ: 'styrk-order+jwt' };
const claims = {
  iss: 'https://bank.example/branch',
  aud: station,
  jti: randomUUID(),
  iat: now,
  exp: now + 15 * 60,
  nonce: randomUUID(),
  order: { text: 'Förnya BankID', purpose: 'renew-bankid' },
  asks: ['given_name', 'family_name', 'birthdate'],
};
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const message = `${part(header)}.${part(claims)}`;
const key = createPrivateKey({ key: jwk, format: 'jwk' });
process.stdout.write(`${message}.${sign(null, Buffer.from(message), key).toString('base64url')}`);
