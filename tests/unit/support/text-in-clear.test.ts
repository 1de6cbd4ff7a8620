import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { TextInClear } from '../../support/text-in-clear.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-in-clear-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const texts = ['198503021234', 'Rönnbäckström', 'order 7 Karlsborgs båtvarv'];
const chunk = 256;

it('a text is found in each writing, wherever in a file it lies, and what is like it is not', () => {
  const secrets = new TextInClear(chunk);
  for (const text of texts) secrets.add(text);
  const folder = temporaryFolder();
  const path = join(folder, 'file');
  for (const text of texts)
    for (const written of [text, Buffer.from(text, 'utf16le'), Buffer.from(text).toString('hex')])
      for (const before of [0, 1, 2, 3, ...Array.from({ length: 16 }, (_, step) => chunk + 3 - 5 * step)]) {
        const bytes = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(written)]);
        writeFileSync(path, Buffer.concat([bytes, Buffer.from('y')]));
        expect(secrets.firstIn(path), `${text} at ${before}`).toBe(text);
        // One byte less is another text.
        writeFileSync(path, bytes.subarray(0, -1));
        expect(secrets.firstIn(path), `a part of ${text} at ${before}`).toBeNull();
      }
  writeFileSync(path, `${texts[1]}`);
  expect(secrets.filesIn(folder)).toEqual([path]);
});

it.runIf(process.platform === 'linux')('files that have no name any more are looked at too', () => {
  const secrets = new TextInClear();
  secrets.add('198503021234');
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, 'x198503021234');
  const file = openSync(path, 'r');
  rmSync(path);
  expect(secrets.filesOpenBy(process.pid, '')).toEqual([`${path} (deleted)`]);
  closeSync(file);
  expect(secrets.filesOpenBy(process.pid, '')).toEqual([]);
});
