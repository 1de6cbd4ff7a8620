import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type InputFile, openInputFile, withInputFiles } from '../../../main/machine/input-file.ts';
import { asFailure } from '../../../main/result/failure.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { temporaryFolder } from '../store/support.ts';

describe('a file that someone named', () => {
  it.skipIf(process.platform === 'win32')('is refused at once where it is a pipe that nobody writes to', () => {
    const path = join(temporaryFolder(), 'list.ml');
    execFileSync('mkfifo', [path]);
    expect(failureCodeOf(() => openInputFile(path))).toBe('input.unreadable');
  });

  it('is opened once: what was recognised is what is read, whatever lies under its name by then', async () => {
    const path = join(temporaryFolder(), 'list.ml');
    writeFileSync(path, 'the list that was chosen');
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const read = await withInputFiles(async (open) => {
      const file = open(path);
      expect(text(file.head(8))).toBe('the list');
      rmSync(path);
      writeFileSync(path, 'another list');
      const parts: string[] = [];
      for await (const chunk of file.chunks()) parts.push(text(chunk));
      return [parts.join(''), text(file.whole(100))];
    });
    expect(read).toEqual(['the list that was chosen', 'the list that was chosen']);
  });

  it('is closed when the work with it ends, however it ends', async () => {
    const path = join(temporaryFolder(), 'list.ml');
    writeFileSync(path, 'list');
    const opened: InputFile[] = [];
    const work = withInputFiles(async (open) => {
      opened.push(open(path), open(path));
      open(`${path} that is not there`);
    });
    expect(await failureOf(work)).toBe('input.unreadable');
    for (const file of opened) expect(failureCodeOf(() => file.head(1))).toBe('input.unreadable');
  });
});

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown: unknown) => asFailure(thrown).code,
  );
