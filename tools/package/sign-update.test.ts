import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkUpdate } from '../../main/keeping/app-update/check-update.ts';
import { bytesOf, goodFiles, root, writePackage } from './in-tests.ts';
import { openPackage } from './open-package.ts';
import { areUpdateKeys } from './update-list.ts';
import { verifyOpened } from './verify-opened.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'styrk-sign-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hasDpkg = spawnSync('dpkg-deb', ['--version'], { stdio: 'ignore' }).status === 0;
const name = 'updates.bank.example';

function keyFile(kind: 'ed25519' | 'x25519' = 'ed25519'): string {
  const made = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  const path = join(folder, `${kind}.pem`);
  writeFileSync(path, made.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return path;
}

/** A Debian package that holds the app in small, described so. */
function packageOf(version: string, description: object = {}): string {
  const tree = join(folder, `tree-${version}`);
  const files = goodFiles();
  files.set('package.json', bytesOf(JSON.stringify({ name: 'styrk', version, edition: 'ordinary', ...description })));
  writePackage(join(tree, 'opt/Styrk'), files);
  mkdirSync(join(tree, 'DEBIAN'));
  const control =
    'Package: styrk\nArchitecture: all\nMaintainer: Styrk <styrk@styrk.invalid>\nDescription: in a test\n';
  writeFileSync(join(tree, 'DEBIAN/control'), `Version: ${version}\n${control}`);
  const file = join(folder, `styrk_${version}_amd64.deb`);
  expect(spawnSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, file]).status).toBe(0);
  return file;
}

function signUpdate(...words: readonly string[]) {
  const script = join(root, 'tools/package/sign-update.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' });
  return { status, key: stdout.split('\n')[0] ?? '', stderr };
}

describe('npm run sign-update', () => {
  it('prints the key as packages are made with it, and signs nothing where no package is named', () => {
    const { status, key } = signUpdate('--key', keyFile(), '--name', name);
    expect([status, areUpdateKeys([key])]).toEqual([0, true]);
    expect(key.startsWith(`${name}+`)).toBe(true);
  });

  it.skipIf(!hasDpkg)('signs what the packages hold, so that an installed app proves them, and no other', async () => {
    const file = packageOf('0.2.0');
    const { status, key, stderr } = signUpdate('--key', keyFile(), '--name', name, file);
    expect([status, stderr]).toEqual([0, '']);
    const list = join(folder, 'styrk-0.2.0.update');
    const installed = { version: '0.1.0', edition: 'ordinary' as const, keys: [key] };
    expect(await checkUpdate(list, [file], installed)).toMatchObject({ version: '0.2.0', edition: 'ordinary' });
    appendFileSync(file, 'x');
    await expect(checkUpdate(list, [file], installed)).rejects.toMatchObject({ code: 'installation.update-other' });
  });

  it.skipIf(!hasDpkg)('signs no packages of two versions, and none whose version cannot be compared', () => {
    const key = ['--key', keyFile(), '--name', name];
    expect(signUpdate(...key, packageOf('0.2.0'), packageOf('0.3.0'))).toMatchObject({ status: 1 });
    expect(signUpdate(...key, packageOf('0.4.0', { version: '0.4.0-beta' }))).toMatchObject({ status: 1 });
    expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).not.toContain('.update');
  });

  it('takes no key of another kind, and says what is missing', () => {
    expect(signUpdate('--key', keyFile('x25519'), '--name', name)).toMatchObject({ status: 1 });
    expect(signUpdate('--key', keyFile())).toMatchObject({ status: 2 });
  });
});

describe('verify-package', () => {
  const verified = (updateKeys: unknown) => {
    const files = goodFiles();
    const description = { name: 'styrk', edition: 'ordinary', ...(updateKeys === null ? {} : { updateKeys }) };
    files.set('package.json', bytesOf(JSON.stringify(description)));
    writePackage(folder, files);
    return verifyOpened(
      root,
      openPackage(folder, () => undefined),
      { unsigned: true },
    );
  };

  it('says where the app could prove no update, and finds a key that is none', () => {
    const { key } = signUpdate('--key', keyFile(), '--name', name);
    expect(verified([key])).toMatchObject({ findings: [], notes: [] });
    expect(verified(null)).toMatchObject({ findings: [], notes: [expect.stringContaining('no key for updates')] });
    for (const wrong of [[], ['x'], key, [key.replace('+', '-')]])
      expect(verified(wrong).findings.map(({ what }) => what)).toEqual(['holds a key for updates that is none']);
  });

  it('is what the key file is not part of: no private key is in a package', () => {
    const files = goodFiles();
    files.set('resources/update.json', readFileSync(keyFile()));
    writePackage(folder, files);
    const { findings } = verifyOpened(
      root,
      openPackage(folder, () => undefined),
      { unsigned: true },
    );
    expect(findings.map(({ what }) => what)).toContain('private key');
  });
});
