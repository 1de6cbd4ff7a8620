import { randomBytes } from 'node:crypto';
import { takeSnapshot } from '../../main/store/backup/snapshot.ts';

/*
 * Takes a snapshot of the folder of its argument, says so, and keeps it until its standard input ends.
 */
const [directory = ''] = process.argv.slice(2);
using _snapshot = await takeSnapshot(directory, (length) => new Uint8Array(randomBytes(length)));
process.stdout.write('taken\n');
for await (const _ of process.stdin);
