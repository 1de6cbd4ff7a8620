#!/usr/bin/env bash
# A master list as Doc 9303-12 describes it: its signer's certificate has the extended key usage 2.23.136.1.1.3, critical.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: `openssl cms -verify` checks signature and path; what the signer's certificate is for is left to the caller.
true:  it asks for the purpose of signed mail unless another is given. The signer of a master list, whose certificate may be for nothing
       else than master lists, is refused as unsuitable; a document signer, which states no extended usage, passes. `-purpose any`
       is what lets both through, and then nothing checks the usage that the standard demands.
TEXT
cat >names.cnf <<'CNF'
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
[list]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, 2.23.136.1.1.3
[document]
keyUsage = critical, digitalSignature
CNF
openssl req -x509 -newkey rsa:2048 -nodes -keyout authority.key -config names.cnf -days 30 -out authority.pem 2>/dev/null
printf '\x30\x07\x02\x01\x00\x31\x02\x05\x00' >content
echo "version: $(openssl version), package $(dpkg-query -W -f '${Version}' openssl)"
for kind in document list; do
  openssl req -new -newkey rsa:2048 -nodes -keyout $kind.key -subj /C=UT/CN=$kind -out $kind.csr 2>/dev/null
  openssl x509 -req -in $kind.csr -CA authority.pem -CAkey authority.key -set_serial 2 -days 20 -extfile names.cnf \
    -extensions $kind -out $kind.pem 2>/dev/null
  openssl cms -sign -binary -nodetach -econtent_type 2.23.136.1.1.2 -in content -signer $kind.pem -inkey $kind.key -outform DER -out $kind.der
  for purpose in '' '-purpose any'; do
    status=0
    # Two words where there is a purpose.
    # shellcheck disable=SC2086
    openssl cms -verify -binary $purpose -inform DER -in $kind.der -CAfile authority.pem -out /dev/null 2>said || status=$?
    echo "seen:  signer of a $kind, ${purpose:-no purpose given}: status $status, $(grep -o 'Verify error:.*' said || tail -n 1 said)"
    echo "$kind $purpose $status" >>statuses
  done
done
printf '%s\n' 'document  0' 'document -purpose any 0' 'list  4' 'list -purpose any 0' | diff - statuses
