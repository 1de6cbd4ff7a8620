// A key of your system, and the file that describes the system to a station. Node alone; nothing is sent anywhere.
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';

// A second key in its place would be one that no station knows.
if (existsSync('bank-key.json')) {
  process.stderr.write('bank-key.json is there already: take it away first, and let the new bank.json in again\n');
  process.exit(1);
}
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const kid = 'sample-1';
const bank = {
  id: 'https://bank.example/branch',
  name: 'Example bank, branch system',
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid }],
  ways: ['folder', 'qr', 'link', 'https'],
  // Of server.mjs; nobody is asked there before `styrk banks connect`.
  address: 'https://localhost:8443/',
};
writeFileSync('bank-key.json', JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid }), { mode: 0o600 });
writeFileSync('bank.json', `${JSON.stringify(bank, null, 2)}\n`);
