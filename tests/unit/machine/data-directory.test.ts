import { homedir, tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultDataDirectory } from '../../../main/machine/data-directory.ts';

afterEach(() => vi.unstubAllEnvs());

// The data folder must be the same wherever the process is started.
describe.runIf(process.platform === 'linux')('the data folder of a user', () => {
  it('lies where XDG_DATA_HOME says', () => {
    vi.stubEnv('XDG_DATA_HOME', tmpdir());
    expect(defaultDataDirectory('ordinary')).toBe(join(tmpdir(), 'styrk'));
    expect(defaultDataDirectory('training')).toBe(join(tmpdir(), 'styrk-training'));
  });

  // "All paths set in these environment variables must be absolute. If an implementation encounters a relative path in any
  // of these variables it should consider the path invalid and ignore it." (XDG Base Directory Specification)
  it.each(['', 'data', './data', '../data'])('passes over XDG_DATA_HOME=%j', (given) => {
    vi.stubEnv('XDG_DATA_HOME', given);
    expect(defaultDataDirectory('ordinary')).toBe(join(homedir(), '.local', 'share', 'styrk'));
  });

  it.each(['', 'home', '.'])('with HOME=%j lies in the home that the system knows', (given) => {
    vi.stubEnv('XDG_DATA_HOME', '');
    vi.stubEnv('HOME', given);
    const directory = defaultDataDirectory('ordinary');
    expect(isAbsolute(directory)).toBe(true);
    expect(directory).toBe(join(userInfo().homedir, '.local', 'share', 'styrk'));
  });
});
