#!/usr/bin/env bash
# A country signing authority has a new key every few years and keeps its name; one revocation list, signed by the newest key, is for the
# certificates under all of its keys (Doc 9303-12 §4.1.5). A document signer of the old key is revoked in such a list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: with both of the authority's certificates trusted, `openssl verify -crl_check` finds the list by its issuer's name and its signer by
       the key identifier in it, and says that the certificate is revoked; so does `-extended_crl`, made for lists of another key.
true:  it says that there is no list (error 3), with -extended_crl too. The signer of a list is looked for in the certificate's own path
       and, with -extended_crl, among the untrusted ones, never among the trusted; and given there as it is, self-signed, it is refused
       (error 54). A link certificate, the new key signed by the old one, given as untrusted, is what leads to "revoked". And
       `openssl crl -CAfile` takes whichever certificate of that name it meets first: the same list in the same file of two certificates
       is signed wrongly or rightly by their order.
TEXT
cat >names.cnf <<'CNF'
[req]
distinguished_name = name
prompt = no
[name]
C = UT
CN = CSCA Utopia
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[link]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[signer]
keyUsage = critical, digitalSignature
authorityKeyIdentifier = keyid
[ca]
default_ca = revoking
[revoking]
database = index.txt
crlnumber = number
default_md = sha256
default_crl_days = 30
crl_extensions = list
[list]
authorityKeyIdentifier = keyid
CNF
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
for each in old new; do
  key $each
  openssl req -x509 -new -key $each.key -config names.cnf -extensions authority -days 900 -out $each.pem
done
issued() { # NAME SECTION SERIAL: by the old key
  openssl x509 -req -in "$1.csr" -CA old.pem -CAkey old.key -set_serial "$3" -extfile names.cnf -extensions "$2" -days 300 -out "$1.pem" 2>log
}
openssl req -new -key new.key -config names.cnf -out link.csr
issued link link 7
key signer
openssl req -new -key signer.key -subj /C=UT/CN=Signer -out signer.csr
issued signer signer 5
printf 'R\t400101000000Z\t%s\t05\tunknown\t/C=UT/CN=Signer\n' "$(date -u +%y%m%d000000Z)" >index.txt
echo 01 >number
for each in old new; do openssl ca -gencrl -config names.cnf -keyfile $each.key -cert $each.pem -out $each.crl 2>log; done
cat old.pem new.pem >trusted.pem
cat new.pem old.pem >turned.pem

verified() { # OPTION..: the first error that is said
  openssl verify -crl_check -CAfile trusted.pem "$@" signer.pem 2>&1 | sed -n 's/.*error \([0-9]*\) at .*/\1/p' | tail -1 || true
}
list() { openssl crl -in new.crl -CAfile "$1" -noout 2>&1 | grep -o 'verify [a-zA-Z]*' || true; }
byOld=$(verified -CRLfile old.crl) byNew=$(verified -CRLfile new.crl) extended=$(verified -extended_crl -CRLfile new.crl)
untrusted=$(verified -extended_crl -untrusted new.pem -CRLfile new.crl)
link=$(verified -extended_crl -untrusted link.pem -CRLfile new.crl)
echo "version: $(openssl version), package $(dpkg-query -W -f '${Version}' openssl)"
echo "seen:  list by the old key: error $byOld (revoked); by the new one: error $byNew, with -extended_crl $extended, the new certificate as"
echo "seen:  untrusted beside it $untrusted, the link certificate as untrusted $link"
echo "seen:  the list by itself: old, new: $(list trusted.pem); new, old: $(list turned.pem)"
[ "$byOld $byNew $extended $untrusted $link" = '23 3 3 54 23' ]
[ "$(list trusted.pem), $(list turned.pem)" = 'verify failure, verify OK' ]
