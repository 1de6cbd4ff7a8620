#!/usr/bin/env bash
# Basic access control ends each message with a retail MAC (ISO/IEC 9797-1, algorithm 3): single DES for all blocks but the last.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: a cipher that `getCipherInfo` describes is there, or DES is gone altogether.
true:  `getCipherInfo('des-ecb')` describes it; `createCipheriv` refuses it by ERR_OSSL_EVP_UNSUPPORTED, since OpenSSL 3 keeps single DES
       in a provider that is not loaded. Triple DES is there, and with one key three times it is single DES.
TEXT
echo "version: node $(node --version)"
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { createCipheriv, getCipherInfo, getCiphers } = require('node:crypto');
const key = Buffer.from('0123456789abcdef', 'hex');
const encipher = (name, ...keys) => {
  try {
    const cipher = createCipheriv(name, Buffer.concat(keys), null).setAutoPadding(false);
    return Buffer.concat([cipher.update('Now is t'), cipher.final()]).toString('hex');
  } catch (error) {
    return error.code;
  }
};
const seen = {
  'getCipherInfo': getCipherInfo('des-ecb')?.name,
  'getCiphers': getCiphers().includes('des-ecb'),
  'des-ecb': encipher('des-ecb', key),
  'des-ede3, one key three times': encipher('des-ede3', key, key, key),
};
console.log(`with OpenSSL ${process.versions.openssl}`);
console.log('seen: ', JSON.stringify(seen));
// The block is the first of the example in FIPS 81, appendix B.
assert.deepEqual(Object.values(seen), ['des-ecb', false, 'ERR_OSSL_EVP_UNSUPPORTED', '3fa40e8a984d4815']);
JS
node seen.cjs
