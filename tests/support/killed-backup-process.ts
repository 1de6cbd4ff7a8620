import { randomBytes } from 'node:crypto';
import { SecretBytes } from '../../main/result/secret-bytes.ts';
import { takeBackup } from '../../main/store/backup/take-backup.ts';

/*
 * Takes a backup of the folder of its first argument into the file of the second for the key of the third (hex), and kills itself as soon as
 * so many pieces as the fourth says are about to be sealed.
 */
const [directory = '', out = '', recipient = '', pieces = '1'] = process.argv.slice(2);
let left = Number(pieces);
await takeBackup(directory, out, {
  recipient: new Uint8Array(Buffer.from(recipient, 'hex')),
  masterKey: new SecretBytes(new Uint8Array(32)),
  madeAt: '2026-11-23T12:00:00Z',
  appVersion: '1.0.0',
  // A piece takes a nonce of XChaCha20.
  random: (length) => {
    if (length === 24 && --left < 0) process.kill(process.pid, 'SIGKILL');
    return new Uint8Array(randomBytes(length));
  },
  failed: (thrown) => thrown as Error,
});
