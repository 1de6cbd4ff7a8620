import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardScript } from './deb-packer.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'styrk-downgrade-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hasDpkg = spawnSync('dpkg', ['--version'], { stdio: 'ignore' }).status === 0;

/** A package of a version, with one file that names it; without our scripts where it is of before them. */
function packageOf(version: string, guarded = true): string {
  const tree = join(folder, `tree-${version}`);
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  mkdirSync(join(tree, 'opt/Styrk'), { recursive: true });
  writeFileSync(join(tree, 'opt/Styrk/version'), version);
  const control = {
    Package: 'styrk',
    Version: version,
    Architecture: 'all',
    Maintainer: 'Styrk <styrk@styrk.invalid>',
  };
  const lines = Object.entries({ ...control, Description: 'in a test' }).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(join(tree, 'DEBIAN/control'), lines.join(''));
  if (guarded)
    for (const name of ['preinst', 'prerm'] as const)
      writeFileSync(join(tree, 'DEBIAN', name), guardScript(name, version), { mode: 0o755 });
  // Ours has one: what is taken away and not purged is remembered.
  writeFileSync(join(tree, 'DEBIAN/postrm'), '#!/bin/sh\n', { mode: 0o755 });
  const file = join(folder, `styrk_${version}.deb`);
  const { status, stderr } = spawnSync('dpkg-deb', ['--root-owner-group', '--build', tree, file], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return file;
}

/** A machine of its own below the folder: what dpkg does there touches nothing of this one. */
function machine() {
  const root = join(folder, 'machine');
  for (const path of ['var/lib/dpkg/updates', 'var/lib/dpkg/info', 'tmp'])
    mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, 'var/lib/dpkg/status'), '');
  const dpkg = (...words: readonly string[]) =>
    spawnSync(
      'dpkg',
      [`--root=${root}`, '--force-script-chrootless', '--force-not-root', '--force-bad-path', ...words],
      {
        encoding: 'utf8',
      },
    );
  return {
    install: (file: string) => dpkg('-i', file),
    remove: () => dpkg('-r', 'styrk'),
    purge: () => dpkg('-P', 'styrk'),
    state: () => {
      const version = join(root, 'opt/Styrk/version');
      const status = /^Status: (.*)$/m.exec(readFileSync(join(root, 'var/lib/dpkg/status'), 'utf8'))?.[1] ?? 'none';
      return [existsSync(version) ? readFileSync(version, 'utf8') : null, status];
    },
  };
}
const whole = 'install ok installed';

// dpkg itself takes an older package and warns; who installs by it is to be stopped all the same.
describe.skipIf(!hasDpkg)('a Debian package', () => {
  it('takes the place of an older one, and of the same', () => {
    const { install, state } = machine();
    for (const version of ['0.9.0', '0.10.0', '0.10.0']) {
      const { status, stderr } = install(packageOf(version));
      expect([status, state()], stderr).toEqual([0, [version, whole]]);
    }
  });

  it('is not replaced by an older one, and stays as it was', () => {
    const { install, state } = machine();
    install(packageOf('0.10.0'));
    const { status, stderr } = install(packageOf('0.9.0'));
    expect([status, state()]).toEqual([1, ['0.10.0', whole]]);
    expect(stderr).toContain('0.9.0 is older than 0.10.0');
  });

  it('is not replaced by an older one of before these scripts', () => {
    const { install, state } = machine();
    install(packageOf('0.10.0'));
    expect([install(packageOf('0.9.0', false)).status, state()]).toEqual([1, ['0.10.0', whole]]);
  });

  it('refuses by itself to replace a newer one that has no such script', () => {
    const { install, state } = machine();
    install(packageOf('0.10.0', false));
    expect([install(packageOf('0.9.0')).status, state()]).toEqual([1, ['0.10.0', whole]]);
  });

  it('can be taken away, and after a purge an older one may come: that is a choice of its own', () => {
    const { install, remove, purge, state } = machine();
    install(packageOf('0.10.0'));
    expect(remove().status).toBe(0);
    expect([install(packageOf('0.9.0')).status, state()[0]]).toEqual([1, null]);
    expect(purge().status).toBe(0);
    expect([install(packageOf('0.9.0')).status, state()]).toEqual([0, ['0.9.0', whole]]);
  });
});
