# An authority of the bank's own, and what it certifies: the bank's server (localhost) and one station. For 30 days; needs openssl, and the
# folder bank/. In earnest your own authority does this, and nobody but the station has the station's key.
set -eu
umask 077
# Of its own: what the machine's openssl.cnf adds differs.
cat > bank/openssl.cnf <<'END'
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
subjectAltName = DNS:localhost
extendedKeyUsage = serverAuth
[station]
extendedKeyUsage = clientAuth
END
key() {
  openssl ecparam -name prime256v1 -genkey -noout -out "bank/$1.key"
}
certified() {
  key "$1"
  openssl req -new -config bank/openssl.cnf -key "bank/$1.key" -subj "/CN=$2" -out "bank/$1.csr"
  openssl x509 -req -in "bank/$1.csr" -CA bank/authority.pem -CAkey bank/authority.key -CAcreateserial -sha256 -days 30 \
    -extfile bank/openssl.cnf -extensions "$1" -out "bank/$1.pem"
}
key authority
openssl req -x509 -config bank/openssl.cnf -extensions authority -key bank/authority.key -sha256 -days 30 \
  -subj '/CN=Example bank, authority' -out bank/authority.pem
certified server localhost
certified station 'Example bank, branch 1'
