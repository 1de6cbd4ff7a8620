#!/usr/bin/env bash
# A key may say in its own algorithm (id-RSASSA-PSS, RFC 4055 §3.1) that it signs by RSASSA-PSS alone, and with which parameters. Doc
# 9303-12 allows RSASSA-PSS for the signers of travel documents; OpenSSL makes such a key where it is asked for RSA-PSS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @peculiar/x509@2.2.0 pkijs@4.0.0 asn1js@4.0.0 reflect-metadata@0.2.2 jose@6.2.18

cat <<'TEXT'
guess: the key that is named after the algorithm is the one that the algorithm takes: WebCrypto's `RSA-PSS` imports it, and jose by it.
true:  `importKey` with `RSA-PSS` takes rsaEncryption alone, as its specification says, and refuses the key of that very name with a
       DataError; so does jose's `importSPKI` with PS256, and Node exports the key as no JWK. pkijs and @peculiar/x509 verify a
       certificate with it all the same, since they write rsaEncryption over the name first. `verify` and `X509Certificate` of node:crypto
       take both.
TEXT
cat >seen.mjs <<'JS'
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { verify, webcrypto, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { X509Certificate as PeculiarCertificate } from '@peculiar/x509';
import { fromBER } from 'asn1js';
import { importSPKI } from 'jose';
import { Certificate, CryptoEngine, setEngine } from 'pkijs';

const version = (name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version}`;
console.log(`version: ${['@peculiar/x509', 'pkijs', 'jose'].map(version).join(', ')}, node ${process.versions.node}, ${process.argv[2]}`);
setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto }));
const told = async (act) => {
  try {
    return await act();
  } catch (thrown) {
    return thrown.name;
  }
};
async function answers(kind) {
  const certificate = new X509Certificate(readFileSync(`${kind}.pem`));
  const key = certificate.publicKey;
  const spki = key.export({ type: 'spki', format: 'der' });
  const pem = key.export({ type: 'spki', format: 'pem' });
  const rsaPss = { name: 'RSA-PSS', hash: 'SHA-256' };
  return {
    kindOfNode: key.asymmetricKeyType,
    certificateOfNode: certificate.verify(key),
    webCrypto: await told(async () => (await webcrypto.subtle.importKey('spki', spki, rsaPss, false, ['verify'])).type),
    jwkOfNode: await told(() => key.export({ format: 'jwk' }).kty),
    jose: await told(async () => (await importSPKI(pem, 'PS256')).type),
    pkijs: await told(() => new Certificate({ schema: fromBER(certificate.raw).result }).verify()),
    peculiar: await told(() => new PeculiarCertificate(certificate.raw).verify({ signatureOnly: true })),
  };
}
const [plain, own] = [await answers('RSA'), await answers('RSA-PSS')];
console.log('seen:  rsaEncryption:', JSON.stringify(plain));
console.log('seen:  id-RSASSA-PSS:', JSON.stringify(own));
assert.deepEqual(Object.values(plain), ['rsa', true, 'public', 'RSA', 'public', true, true]);
assert.deepEqual(Object.values(own), ['rsa-pss', true, 'DataError', 'Error', 'DataError', true, true]);
JS
for kind in RSA RSA-PSS; do
  openssl genpkey -algorithm $kind -pkeyopt rsa_keygen_bits:2048 -out $kind.key 2>/dev/null
  openssl req -x509 -key $kind.key -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha256 -days 30 \
    -subj /C=UT/CN=CSCA -out $kind.pem
  openssl verify -check_ss_sig -CAfile $kind.pem $kind.pem >/dev/null
done
node seen.mjs "$(openssl version | cut -d' ' -f1,2)"
