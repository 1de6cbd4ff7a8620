// A key of your system, and the file that describes the system to a station. Node alone; nothing is sent anywhere.
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const kid = 'sample-1';
const bank = {
  id: 'https://bank.example/branch',
  name: 'Example bank, branch system',
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid }],
  ways: ['folder', 'qr', 'link'],
};
writeFileSync('bank-key.json', JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid }), { mode: 0o600 });
writeFileSync('bank.json', `${JSON.stringify(bank, null, 2)}\n`);
