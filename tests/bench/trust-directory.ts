import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { madeDirectoryEntry, madeDocumentSigner } from '../support/made-trust-files.ts';
import { extension, extensions } from '../support/test-pki.ts';

/** A directory export taken into an empty folder by a process of its own. */
export interface DirectoryFigures {
  readonly entries: number;
  readonly megabytes: number;
  readonly documentSigners: number;
  readonly seconds: number;
  /** The largest resident memory of that process (10^6 bytes), and what it held before the import began. */
  readonly peakMegabytes: number;
  readonly megabytesBefore: number;
}

const entries = 100_000;
const entriesAtOnce = 1_000;
// With this a made-up document signer has the size of a real one with RSA keys.
const paddingBytes = 900;

export async function benchDirectory(): Promise<DirectoryFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-bench-'));
  try {
    const file = join(folder, 'directory.ldif');
    writeDirectory(file);
    const script = resolve(import.meta.dirname, 'trust-directory-process.ts');
    const child = spawn(process.execPath, [script, file, join(folder, 'data')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [answer, [status]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    if (status !== 0) throw new Error('the import of the directory failed');
    return { entries, megabytes: Math.round(statSync(file).size / 1e6), ...JSON.parse(answer) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the export, of 100 000 entries unless told otherwise; always whole thousands of them. */
export function writeDirectory(path: string, count = entries): void {
  const padding = extension('1.3.6.1.4.1.99999.1', new Uint8Array(paddingBytes));
  const signer = madeDocumentSigner([extensions.digitalSignature(), padding]);
  const file = openSync(path, 'wx');
  try {
    for (let done = 0; done < count; done += entriesAtOnce) {
      const part = Array.from({ length: entriesAtOnce }, (_, index) => madeDirectoryEntry(signer, done + index));
      writeSync(file, part.join(''));
    }
  } finally {
    closeSync(file);
  }
}
