import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInputFile } from '../../../main/machine/input-file.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { temporaryFolder } from '../store/support.ts';

describe('a file that someone named', () => {
  it.skipIf(process.platform === 'win32')('is refused at once where it is a pipe that nobody writes to', () => {
    const path = join(temporaryFolder(), 'list.ml');
    execFileSync('mkfifo', [path]);
    expect(failureCodeOf(() => openInputFile(path))).toBe('input.unreadable');
  });
});
