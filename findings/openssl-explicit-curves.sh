#!/usr/bin/env bash
# Country signing certificates write the parameters of their curve out (Doc 9303-12 asks for that form); here the same curve is
# once named and once written out, in two authorities that are otherwise alike.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: a library either takes explicit parameters of a known curve, or does not; and one that takes them says which form it met.
true:  OpenSSL checks signatures with such a key, and refuses every path through it (error 94) unless the path is one certificate long. Node
       shows the curve's name in `asymmetricKeyDetails` as if it had been named, and verifies: only the length of the key's DER
       tells the forms apart.
TEXT
cat >authority.cnf <<'CNF'
[req]
distinguished_name = name
prompt = no
x509_extensions = authority
[name]
C = UT
CN = CSCA Utopia
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign
[signer]
keyUsage = critical, digitalSignature
CNF
echo "version: $(openssl version), package $(dpkg-query -W -f '${Version}' openssl)"
for form in named_curve explicit; do
  openssl ecparam -name brainpoolP256r1 -genkey -param_enc $form -noout -out $form.key
  openssl req -x509 -new -key $form.key -config authority.cnf -days 30 -sha256 -out $form.pem
  openssl req -new -newkey rsa:2048 -nodes -keyout signer.key -subj /C=UT/CN=Signer -out signer.csr 2>/dev/null
  openssl x509 -req -in signer.csr -CA $form.pem -CAkey $form.key -set_serial 2 -days 20 -extfile authority.cnf \
    -extensions signer -out $form-signer.pem 2>/dev/null
  openssl verify -CAfile $form.pem $form-signer.pem >$form.path 2>&1 || true
  openssl verify -CAfile $form.pem $form.pem >$form.alone 2>&1 || true
  echo "seen:  $form, itself: $(tail -n 1 $form.alone)"
  echo "seen:  $form, path: $(grep -E '^error [0-9]|: OK' $form.path | head -n 1)"
done
grep -q ': OK' named_curve.path
grep -q ': OK' explicit.alone
grep -q '^error 94 ' explicit.path
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { X509Certificate } = require('node:crypto');
const { readFileSync } = require('node:fs');
console.log(`version: node ${process.versions.node} with OpenSSL ${process.versions.openssl}`);
const seen = ['named_curve', 'explicit'].map((form) => {
  const [{ publicKey }, signer] = [form, `${form}-signer`].map((name) => new X509Certificate(readFileSync(`${name}.pem`)));
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).length;
  return { form, details: publicKey.asymmetricKeyDetails, verifies: signer.verify(publicKey), bytes };
});
for (const one of seen) console.log('seen: ', JSON.stringify(one));
for (const { details, verifies } of seen) assert.deepEqual([details, verifies], [{ namedCurve: 'brainpoolP256r1' }, true]);
assert.ok(seen[1].bytes > 3 * seen[0].bytes);
JS
node seen.cjs
