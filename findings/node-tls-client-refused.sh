#!/usr/bin/env bash
# A server that wants a client certificate refuses one: what Node tells of it depends on the version of TLS.
# Found while naming why a bank's service does not answer: "your certificate is refused" and "nobody answers" are two sentences.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -keyout key.pem -out certificate.pem 2>/dev/null

cat <<'TEXT'
guess: a server that gets no certificate refuses the handshake; its alert has one code, of letters, digits and underscores.
true:  under TLS 1.2 the code holds a slash, ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE: a pattern for codes passes it over. Under
       TLS 1.3 the handshake has ended for the client before the server looks at its certificate: the connection is made,
       `secureConnect` is told, and the refusal comes afterwards, as an alert of another name or as a closed connection.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';

const [key, cert] = [readFileSync('key.pem'), readFileSync('certificate.pem')];
async function refusal(version) {
  const options = { minVersion: version, maxVersion: version };
  const server = tls.createServer({ key, cert, ca: cert, requestCert: true, rejectUnauthorized: true, ...options });
  server.on('tlsClientError', () => {});
  await new Promise((resolve) => server.listen(0, resolve));
  const told = { connected: false, code: null, alert: null };
  await new Promise((resolve) => {
    const socket = tls.connect({ port: server.address().port, host: 'localhost', ca: cert, servername: 'localhost', ...options });
    socket.on('secureConnect', () => {
      told.connected = true;
      socket.write('GET / HTTP/1.1\r\n\r\n');
    });
    socket.on('error', (error) => {
      told.code = error.code;
      told.alert = /SSL alert number (\d+)/.exec(error.message)?.[1] ?? null;
    });
    socket.on('close', resolve);
  });
  server.close();
  return told;
}
const seen = { 'TLSv1.2': await refusal('TLSv1.2'), 'TLSv1.3': await refusal('TLSv1.3') };
console.log(`version: node ${process.versions.node}, openssl ${process.versions.openssl}`);
console.log('seen: ', JSON.stringify(seen, null, 2));
assert.deepEqual(seen['TLSv1.2'], { connected: false, code: 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', alert: '40' });
assert.equal(seen['TLSv1.3'].connected, true);
assert.match(seen['TLSv1.3'].code ?? '', /^(ERR_SSL_.*ALERT.*|ECONNRESET|EPIPE)$/);
JS
dpkg-query -W -f 'version: openssl ${Version} made the certificate\n' openssl
node seen.mjs
