#!/usr/bin/env bash
# RSASSA-PSS hashes twice: the message, and the mask (MGF1). In RSASSA-PSS-params (RFC 4055 §3.1) each has a hash of its own,
# and each is SHA-1 where nothing is said. Doc 9303-12 allows RSASSA-PSS for the signers of travel documents.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @peculiar/x509@2.2.0 pkijs@4.0.0 asn1js@4.0.0 reflect-metadata@0.2.2

cat <<'TEXT'
guess: parameters that name SHA-256 and nothing more mean it for both; and a library that knows RSASSA-PSS either checks such a
       signature or says that it cannot.
true:  the mask is made with SHA-1, as the standard has it. `verify` of node:crypto and of WebCrypto have no option for that hash and use
       the message's: a right signature is `false`. pkijs and @peculiar/x509, which call WebCrypto, do not look at the mask's hash and
       answer `false` as well, where an error would say that nobody has checked. In Node `X509Certificate.verify` says true of the same
       bytes, since OpenSSL reads the parameters itself; for the signature of a CMS message Node has nothing of that kind.
TEXT
cat >seen.mjs <<'JS'
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { constants, verify, webcrypto, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { X509Certificate as PeculiarCertificate } from '@peculiar/x509';
import { fromBER } from 'asn1js';
import { Certificate, CryptoEngine, setEngine } from 'pkijs';

const version = (name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version}`;
console.log(`version: ${['@peculiar/x509', 'pkijs'].map(version).join(', ')}, node ${process.versions.node}, ${process.argv[2]}`);
setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto }));
async function answers(mask) {
  const certificate = new X509Certificate(readFileSync(`${mask}.pem`));
  const pkijs = new Certificate({ schema: fromBER(certificate.raw).result });
  const [signed, signature] = [pkijs.tbsView, pkijs.signatureValue.valueBlock.valueHexView];
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  const key = await webcrypto.subtle.importKey('spki', spki, { name: 'RSA-PSS', hash: 'SHA-256' }, false, ['verify']);
  return {
    certificateOfNode: certificate.verify(certificate.publicKey),
    verifyOfNode: verify('sha256', signed, { key: certificate.publicKey, padding, saltLength: 32 }, signature),
    webCrypto: await webcrypto.subtle.verify({ name: 'RSA-PSS', saltLength: 32 }, key, signature, signed),
    pkijs: await pkijs.verify(),
    peculiar: await new PeculiarCertificate(certificate.raw).verify({ signatureOnly: true }),
  };
}
const [same, unsaid] = [await answers('sha256'), await answers('sha1')];
console.log('seen:  mask with SHA-256, named: ', JSON.stringify(same));
console.log('seen:  mask with SHA-1, unsaid:', JSON.stringify(unsaid));
assert.deepEqual(Object.values(same), [true, true, true, true, true]);
assert.deepEqual(Object.values(unsaid), [true, false, false, false, false]);
JS
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem 2>/dev/null
for mask in sha256 sha1; do
  openssl req -x509 -key key.pem -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:$mask -days 30 \
    -subj /C=UT/CN=CSCA -out $mask.pem
  openssl verify -check_ss_sig -CAfile $mask.pem $mask.pem >/dev/null
done
# [0] is the hash, [2] the salt; [1], the mask, is absent.
parts=$(openssl asn1parse -in sha1.pem | sed -n '/:rsassaPss/,/:countryName/p' | grep -o 'cont \[ . \]' | sort -u | paste -sd ' ')
echo "seen:  the parameters of the second have hash and salt alone: $parts"
[ "$parts" = 'cont [ 0 ] cont [ 2 ]' ]
node seen.mjs "$(openssl version | cut -d' ' -f1,2)"
