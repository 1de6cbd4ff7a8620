#!/usr/bin/env bash
# `openssl cms` made for mail, used on what passports are made of: a master list or security object is CMS around DER.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: with `-econtent_type` and `-outform DER` the content is bytes, and is signed as it stands.
true:  without `-binary` it is still text: each LF becomes CR LF, and in each line the zero byte and what follows it is gone. The result is signed,
       verifies, and exits with 0; only the content is another. A short object without 0A and 00 comes through whole.
TEXT
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out signer.pem -days 30 -subj /C=UT/CN=Signer 2>/dev/null
# SEQUENCE { INTEGER 10, INTEGER 256, OCTET STRING 0A0B } and SEQUENCE { INTEGER 5 }.
printf '\x30\x0b\x02\x01\x0a\x02\x02\x01\x00\x04\x02\x0a\x0b' >rich
printf '\x30\x03\x02\x01\x05' >poor
round() { # FILE [OPTION]: the content that comes out after signing and verifying
  openssl cms -sign -nodetach ${2-} -econtent_type 2.23.136.1.1.2 -in "$1" -signer signer.pem -inkey key.pem -outform DER -out "$1.der"
  openssl cms -verify -binary -inform DER -in "$1.der" -CAfile signer.pem -out "$1.out" 2>/dev/null
  od -An -v -tx1 "$1.out" | tr -d ' \n'
}
echo "version: $(openssl version), package $(dpkg-query -W -f '${Version}' openssl)"
echo "seen:  rich, as it stands $(od -An -v -tx1 rich | tr -d ' \n')"
echo "seen:  rich, signed       $(round rich)"
echo "seen:  rich, with -binary $(round rich -binary)"
echo "seen:  poor, signed       $(round poor)"
[ "$(round rich)" = 300b02010d0a0202010b ]
[ "$(round rich -binary)" = 300b02010a0202010004020a0b ]
[ "$(round poor)" = 3003020105 ]
