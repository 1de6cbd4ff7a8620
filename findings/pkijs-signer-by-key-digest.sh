#!/usr/bin/env bash
# Signed data that names its signer by subject key identifier, verified with pkijs. How an authority makes that identifier is
# free (RFC 5280 §4.2.1.2 gives two ways and allows others), and country signers use several.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pkijs@4.0.0 asn1js@4.0.0

cat <<'TEXT'
guess: the identifier is compared with the subject key identifier that the certificate itself states.
true:  it is compared with the SHA-1 digest of the certificate's public key, and the extension is not looked at. Where the
       authority chose another identifier, valid signed data ends with "Unable to find signer certificate".
TEXT
for kind in hash 0102030405060708; do
  openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out signer.pem -days 30 -subj /C=UT/CN=Signer \
    -addext "subjectKeyIdentifier=$kind" 2>/dev/null
  printf 'content' >content
  openssl cms -sign -binary -nodetach -keyid -md sha256 -in content -signer signer.pem -inkey key.pem -outform DER -out "$kind.der"
  openssl cms -verify -binary -inform DER -in "$kind.der" -noverify -out /dev/null 2>/dev/null
done
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import { ContentInfo, CryptoEngine, setEngine, SignedData } from 'pkijs';

const { version } = JSON.parse(readFileSync('node_modules/pkijs/package.json', 'utf8'));
setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto }));
const verify = async (file) => {
  const signed = new SignedData({ schema: ContentInfo.fromBER(readFileSync(file)).content });
  return signed.verify({ signer: 0, checkChain: false }).catch((error) => error.message);
};
const seen = [await verify('hash.der'), await verify('0102030405060708.der')];
console.log(`version: pkijs ${version}, node ${process.versions.node}`);
console.log('seen:  openssl verifies both; pkijs: identifier that is the digest:', seen[0], '; identifier of another kind:', seen[1]);
assert.deepEqual(seen, [true, 'Unable to find signer certificate']);
JS
echo "version: $(openssl version)"
node seen.mjs
