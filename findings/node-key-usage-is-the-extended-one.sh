#!/usr/bin/env bash
# What a certificate's key is for stands in keyUsage (RFC 5280 §4.2.1.3): keyCertSign and cRLSign with a country signing authority,
# digitalSignature with a document signer (Doc 9303-12 §7.1). Its extended usage is another extension, which most of them do not have.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: `keyUsage` of an X509Certificate of node:crypto are the bits of keyUsage, and undefined says that the key is for everything.
true:  it is the list of the extended usages, as their object identifiers (Node's documentation says so, the name does not), and undefined
       where there are none: of an authority and of a document signer, both of which say what their key is for. keyUsage itself is
       nowhere in the object, nor in `toLegacyObject()`, whose `ext_key_usage` is the same list. `ca` alone depends on it: an
       authority without keyCertSign is none.
TEXT
cat >names.cnf <<'CNF'
[req]
distinguished_name = name
prompt = no
[name]
C = UT
CN = Utopia
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[documents]
keyUsage = critical, digitalSignature
[list]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, 2.23.136.1.1.3
[revoking]
basicConstraints = critical, CA:TRUE
keyUsage = critical, cRLSign
CNF
openssl ecparam -name prime256v1 -genkey -noout -out key.pem
for each in authority documents list revoking; do
  openssl req -x509 -new -key key.pem -config names.cnf -extensions $each -days 30 -out $each.pem
  openssl x509 -in $each.pem -noout -ext keyUsage,extendedKeyUsage 2>/dev/null | sed -n '/^ /s/^ *//p' | paste -sd' ' >$each.txt
done
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

console.log(`version: node ${process.versions.node}`);
const seen = ['authority', 'documents', 'list', 'revoking'].map((name) => {
  const certificate = new X509Certificate(readFileSync(`${name}.pem`));
  const legacy = certificate.toLegacyObject();
  const stated = readFileSync(`${name}.txt`, 'utf8').trim();
  console.log(`seen:  ${name}: by openssl "${stated}", keyUsage`, certificate.keyUsage, 'ca', certificate.ca);
  assert.deepEqual(legacy.ext_key_usage, certificate.keyUsage);
  assert.ok(!Object.keys(legacy).some((key) => /usage/i.test(key) && key !== 'ext_key_usage'));
  return [certificate.keyUsage, certificate.ca];
});
assert.deepEqual(seen, [[undefined, true], [undefined, false], [['2.23.136.1.1.3'], false], [undefined, false]]);
JS
node seen.mjs
