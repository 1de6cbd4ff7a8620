import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { forbidCoreDumps } from '../../../main/station/no-core-dumps.ts';

const root = resolve(import.meta.dirname, '../../..');

describe('dumps of memory', () => {
  // core(5), getrlimit(2): a limit of nothing, which nobody but root raises again and every process that is started has too.
  it.runIf(process.platform === 'linux')('are forbidden to the process and to those that it starts', () => {
    const file = pathToFileURL(join(root, 'main/station/no-core-dumps.ts')).href;
    const { stdout } = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { forbidCoreDumps } from ${JSON.stringify(file)};
         import { readFileSync } from 'node:fs';
         import { execFileSync } from 'node:child_process';
         const limit = (text) => /^Max core file size +(\\S+) +(\\S+)/m.exec(text).slice(1).join(' ');
         const done = forbidCoreDumps();
         console.log(done, limit(readFileSync('/proc/self/limits', 'utf8')), limit(execFileSync('cat', ['/proc/self/limits'], { encoding: 'utf8' })));`,
      ],
      { encoding: 'utf8' },
    );
    expect(stdout.trim()).toBe('true 0 0 0 0');
  });

  it.runIf(process.platform === 'linux')('are said where they could not be', () => {
    expect(forbidCoreDumps('/nonexistent/prlimit')).toBe(false);
  });

  // Electron starts no reporter of crashes unless it is told to (crashReporter.start), and Node writes no report unless it is.
  it('are nowhere asked for', () => {
    const sources = globSync('{main,preload}/**/*.ts', { cwd: root });
    expect(sources.length).toBeGreaterThan(100);
    for (const path of sources)
      expect(readFileSync(join(root, path), 'utf8'), path).not.toMatch(/crashReporter|process\.report\b/);
  });
});
