#!/usr/bin/env bash
# The ICAO PKD publishes certificates and revocation lists as LDIF (RFC 2849): `userCertificate;binary::`, then base64.
# `ldif` is the reader that the npm registry offers under that name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts ldif@0.5.1

cat <<'TEXT'
guess: a value after `::` comes back as bytes, or as the base64 text to decode oneself.
true:  it is decoded and then read as UTF-8: each byte above 7F that is no UTF-8 becomes U+FFFD. The certificate cannot be got
       back from the result, nothing says so, and names with Å in them come out right, which hides it.
TEXT
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { X509Certificate } = require('node:crypto');
const { readFileSync } = require('node:fs');
const ldif = require('ldif');

const { version } = JSON.parse(readFileSync('node_modules/ldif/package.json', 'utf8'));
const certificate = new X509Certificate(readFileSync('signer.pem')).raw;
const folded = (value) => value.replace(/(.{70})(?=.)/g, '$1\n ');
const file = `version: 1\n\ndn: cn=signer,c=UT\ncn:: ${Buffer.from('Åse').toString('base64')}\n${folded(`userCertificate;binary:: ${certificate.toString('base64')}`)}\n\n`;
const { attributes } = ldif.parse(file).entries[0].toObject({});
const value = attributes['userCertificate;binary'];
const back = ['utf8', 'latin1', 'base64'].map((encoding) => Buffer.from(value, encoding).equals(certificate));
const lost = [...value].filter((letter) => letter === '\uFFFD').length;
console.log(`version: ldif ${version}, node ${process.versions.node}`);
console.log('seen: ', typeof value, `of ${value.length} characters for ${certificate.length} bytes, ${lost} of them U+FFFD; got back as utf8, latin1, base64:`, back.join(', '));
console.log('seen:  cn', attributes.cn);
assert.equal(typeof value, 'string');
assert.ok(lost > 50);
assert.deepEqual(back, [false, false, false]);
assert.equal(attributes.cn, 'Åse');
JS
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out signer.pem -days 30 -subj /C=UT/CN=Signer 2>/dev/null
node seen.cjs
