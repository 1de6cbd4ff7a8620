import { randomBytes } from 'node:crypto';
import { recoverKey, restoreFolder } from '../../main/keeping/backup/restore-folder.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import { SecretBytes } from '../../main/result/secret-bytes.ts';

/*
 * Restores the backup of its first argument to the place of the second with the bank's key of the third (hex), or takes the key alone
 * out of it for the folder there where the fourth names a key file, and kills itself when the act of it is about to be kept: all is unpacked.
 */
const [file = '', to = '', secret = '', keyFile = ''] = process.argv.slice(2);
const around = {
  random: (length: number) => new Uint8Array(randomBytes(length)),
  clock: {
    today: () => '2026-11-23' as PlainDate,
    now: () => {
      process.kill(process.pid, 'SIGKILL');
      return '';
    },
  },
};
const order = { file, to, secretKey: new SecretBytes(new Uint8Array(Buffer.from(secret, 'hex'))), signs: ['EF'] };
if (keyFile !== '') await recoverKey({ ...order, provider: { kind: 'key-file', path: keyFile } }, around);
else await restoreFolder({ ...order, provider: null, checkpoints: [], olderBy: null }, around);
