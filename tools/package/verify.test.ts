import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MalformedArchive, readArchive } from './asar.ts';
import { readFuses, wrongFuses } from './fuses.ts';
import {
  archiveOf,
  aSpecimenKey,
  bytesOf,
  elfArm64,
  elfX64,
  goodFiles,
  goodWire,
  peX64,
  root,
  writePackage,
} from './in-tests.ts';
import { machineCodeOf } from './machine-code.ts';
import { trainingNeedles } from './needles.ts';
import { CannotOpen, openPackage } from './open-package.ts';
import { orderHostConfig, writeOrderHost } from './order-host.ts';
import { platforms } from './platforms.ts';
import { hasCertificates } from './signatures.ts';
import { keptOfPackage } from './stage.ts';
import { verifyOpened } from './verify-opened.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'styrk-verify-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function found(): readonly string[] {
  const opened = openPackage(folder, () => undefined);
  return verifyOpened(root, opened, { unsigned: true }).findings.map(({ what, where }) => `${where}: ${what}`);
}

function foundWith(path: string, content: string | Uint8Array): readonly string[] {
  const files = goodFiles();
  files.set(path, typeof content === 'string' ? bytesOf(content) : content);
  writePackage(folder, files);
  return found();
}

describe('a package in order', () => {
  it('shows nothing', () => {
    writePackage(folder, goodFiles());
    expect(found()).toEqual([]);
  });
});

describe('what is planted is found', () => {
  it('a source map, and code that names one', () => {
    expect(foundWith('out/main/index.js.map', '{}')).toEqual(['out/main/index.js.map: source map']);
    expect(foundWith('out/main/b.js', 'b();\n//# sourceMappingURL=b.js.map\n')).toContain(
      'out/main/b.js: names a source map',
    );
  });

  it('a library of another machine or another system, wherever it lies', () => {
    const arm = 'node_modules/better-sqlite3/prebuilds/linux-arm64.node';
    expect(foundWith(arm, elfArm64)).toContain(`${arm}: machine code for linux on arm64`);
    expect(foundWith('resources/a.json', peX64())).toContain('resources/a.json: machine code for win32 on x64');
  });

  it('a library of this machine that nobody listed', () => {
    const path = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';
    const findings = foundWith(path, elfX64);
    expect(findings).toContain(`${path}: machine code that is not listed`);
    expect(findings).toContain(`${path}: is not what native-modules.json says`);
  });

  it("a specimen's key, in whatever case and file", () => {
    for (const key of [aSpecimenKey(), aSpecimenKey().toUpperCase()]) {
      const findings = foundWith('out/main/chunks/k.js', `const k = '${key}';`);
      expect(findings.filter((finding) => /k\.js: specimen key /.test(finding))).toHaveLength(1);
    }
  });

  it('a person of the training roster, the portraits, and what is built for training', () => {
    const person = trainingNeedles(root).find(({ what }) => what.includes('roster'));
    expect(foundWith('resources/a.json', `{"n":"${person?.text}"}`)).toContain(`resources/a.json: ${person?.what}`);
    expect(foundWith('resources/specimens/portraits/asa.jpg', 'x')).toContain(
      'resources/specimens/portraits/asa.jpg: training data',
    );
    expect(foundWith('out/main/training/training.js', 'x')).toContain('out/main/training/training.js: training data');
  });

  it('a private key in PEM', () => {
    const body = 'MHcCAQEEIKZ0YlqYdT5VxJ3nUQ0iMZ3dF0u1n9b8';
    for (const text of [`-----BEGIN EC PRIVATE KEY-----\n${body}`, `"-----BEGIN PRIVATE KEY-----\\r\\n${body}"`])
      expect(foundWith('resources/a.json', text)).toContain('resources/a.json: private key');
    // Code that looks for one has the words and no key.
    expect(foundWith('resources/b.json', "text.indexOf('-----BEGIN PRIVATE KEY-----') !== 0")).not.toContain(
      'resources/b.json: private key',
    );
  });

  it('a test, a source and a package that builds', () => {
    expect(foundWith('out/main/a.test.js', '')).toContain('out/main/a.test.js: test');
    expect(foundWith('out/main/a.ts', '')).toContain('out/main/a.ts: source or documentation');
    const compiler = 'node_modules/typescript/lib/tsc.js';
    expect(foundWith(compiler, '')).toContain(`${compiler}: package typescript, which is no part of the product`);
  });

  it('a dependency that nothing in this edition imports', () => {
    expect(foundWith('node_modules/i18next/package.json', '{}')).toContain(
      'node_modules/i18next/package.json: package i18next, which is no part of the product',
    );
  });

  it('code that needs at its start what was left out', () => {
    const needs = "import { t } from './training/training.js';\nt();\n";
    expect(foundWith('out/main/b.js', needs)).toContain(
      'out/main/b.js: imports out/main/training/training.js, which is not there',
    );
  });

  it('a native module that was changed after it was packed', () => {
    writePackage(folder, goodFiles());
    const path = 'node_modules/better-sqlite3/prebuilds/linux-x64.node';
    writeFileSync(join(folder, 'resources/app.asar.unpacked', path), Buffer.concat([elfX64, Buffer.from([0])]));
    expect(found()).toEqual([`${path}: is not what the archive says`, `${path}: is not what native-modules.json says`]);
  });

  it('a file beside the archive that it does not name, and an app beside it', () => {
    writePackage(folder, goodFiles());
    mkdirSync(join(folder, 'resources/app'));
    writeFileSync(join(folder, 'resources/app.asar.unpacked/more.js'), '');
    writeFileSync(join(folder, 'resources/default_app.asar'), '');
    expect(found()).toEqual(
      expect.arrayContaining([
        'more.js: lies beside the archive, which does not name it',
        'app/: an app beside the archive',
        "default_app.asar: Electron's own app, which loads others",
      ]),
    );
  });

  it('a launcher that lifts the sandbox', () => {
    writePackage(folder, goodFiles());
    writeFileSync(join(folder, 'styrk.desktop'), '[Desktop Entry]\nExec=AppRun --no-sandbox %U\n');
    expect(found()).toEqual(['styrk.desktop: starts the app without its sandbox']);
  });

  it('a launcher for browsers that is not ours, or none, and a manifest that lets others start it', () => {
    writePackage(folder, goodFiles());
    const host = join(folder, 'resources/order-host');
    const manifest = join(host, 'se.styrk.orders.json');
    expect(JSON.parse(readFileSync(manifest, 'utf8'))).toEqual({
      name: 'se.styrk.orders',
      description: expect.any(String),
      path: '/opt/Styrk/resources/order-host/styrk-order-host',
      type: 'stdio',
      allowed_origins: [`chrome-extension://${'abcdefghijklmnop'.repeat(2)}/`],
    });
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('abcdefghijklmnop'.repeat(2), '*'));
    writeFileSync(join(host, 'styrk-order-host'), '#!/bin/sh\nexec /tmp/thief "$@"\n');
    expect(found()).toEqual([
      'order-host/styrk-order-host: starts something else',
      'order-host/se.styrk.orders.json: lets others than extensions by their ids start it',
    ]);
    rmSync(host, { recursive: true });
    expect(found()).toEqual(['order-host/styrk-order-host: missing']);
  });

  it('another list of parts than the lock file’s', () => {
    writePackage(folder, goodFiles());
    writeFileSync(join(folder, 'resources/parts.cdx.json'), '{}');
    expect(found()).toEqual(['parts.cdx.json: is not what the lock file says']);
  });
});

describe('fuses', () => {
  it('are read back from the program, each that is wrong by its name', () => {
    writePackage(folder, goodFiles(), '101001100');
    expect(found()).toEqual([
      'the program: fuse: RunAsNode is on, must be off',
      'the program: fuse: EnableCookieEncryption is off, must be on',
      'the program: fuse: EnableNodeOptionsEnvironmentVariable is on, must be off',
      'the program: fuse: EnableEmbeddedAsarIntegrityValidation is off, must be on',
      'the program: fuse: LoadBrowserProcessSpecificV8Snapshot is on, must be off',
    ]);
  });

  it('are wrong where there are none, where the wire is of another version or too short', () => {
    expect(wrongFuses(elfX64)).toEqual(['no fuses were found']);
    const wire = (version: number, text: string) =>
      Buffer.from(`dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX${String.fromCharCode(version, text.length)}${text}`, 'latin1');
    expect(wrongFuses(wire(2, goodWire))).toHaveLength(8);
    expect(wrongFuses(wire(1, '010'))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^OnlyLoadAppFromAsar is not there/)]),
    );
    expect(wrongFuses(wire(1, goodWire))).toEqual([]);
    // A universal program has one wire for each machine: both count.
    expect(readFuses(Buffer.concat([wire(1, goodWire), wire(1, goodWire)]))).toHaveLength(2);
    expect(wrongFuses(Buffer.concat([wire(1, goodWire), wire(1, '110011000')]))).toEqual([
      'RunAsNode is on, must be off',
    ]);
  });
});

describe('an archive of a stranger', () => {
  const file = () => join(folder, 'a.asar');

  it('is refused where its numbers lead outside it, or a name leads out of it', () => {
    const good = archiveOf(new Map([['a.js', bytesOf('abc')]]), () => false);
    writeFileSync(file(), good);
    expect(readArchive(file()).files.map(({ path }) => path)).toEqual(['a.js']);
    for (const size of ['9', '300000000', '-3']) {
      writeFileSync(file(), Buffer.from(good.toString('latin1').replace('"size":3', `"size":${size}`), 'latin1'));
      expect(() => readArchive(file())).toThrow(MalformedArchive);
    }
    writeFileSync(
      file(),
      archiveOf(new Map([['../a', bytesOf('')]]), () => false),
    );
    expect(() => readArchive(file())).toThrow(MalformedArchive);
    writeFileSync(file(), good.subarray(0, 20));
    expect(() => readArchive(file())).toThrow(MalformedArchive);
  });

  it('says what it is no archive of', () => {
    expect(() => openPackage(folder, () => undefined)).toThrow(CannotOpen);
    writeFileSync(join(folder, 'a.zip'), '');
    expect(() => openPackage(join(folder, 'a.zip'), () => undefined)).toThrow(CannotOpen);
  });
});

describe('machine code', () => {
  it('is known by its first bytes', () => {
    expect(machineCodeOf(elfX64)).toEqual({ os: 'linux', cpu: 'x64' });
    expect(machineCodeOf(elfArm64)).toEqual({ os: 'linux', cpu: 'arm64' });
    expect(machineCodeOf(peX64())).toEqual({ os: 'win32', cpu: 'x64' });
    expect(machineCodeOf(Buffer.from('cffaedfe0c000001', 'hex'))).toEqual({ os: 'darwin', cpu: 'arm64' });
    expect(machineCodeOf(Buffer.from('cafebabe00000002', 'hex'))).toEqual({ os: 'darwin', cpu: 'universal' });
    expect(machineCodeOf(Buffer.from('cafebabe00000041', 'hex'))).toBeNull();
    expect(
      machineCodeOf(bytesOf('MZ is how this text begins, and it is long enough to hold a header of sixty-four')),
    ).toBeNull();
  });

  it('is that of the binaries which the packages bring', () => {
    const prebuilds = join(root, 'node_modules/better-sqlite3/prebuilds');
    expect(machineCodeOf(readFileSync(join(prebuilds, 'win32-x64.node')))).toEqual({ os: 'win32', cpu: 'x64' });
    expect(machineCodeOf(readFileSync(join(prebuilds, 'darwin-arm64.node')))).toEqual({ os: 'darwin', cpu: 'arm64' });
    expect(hasCertificates(readFileSync(join(prebuilds, 'win32-x64.node')))).toBe(false);
  });
});

describe('of a package', () => {
  it('code, description and licence are kept; sources, types, tests and documentation are not', () => {
    for (const path of ['lib/a.js', 'a.mjs', 'package.json', 'LICENSE', 'LICENSE.md'])
      expect(keptOfPackage(path, 'any'), path).toBe(true);
    for (const path of ['a.d.ts', 'README.md', 'src/a.js', 'deps/copy.js', 'a.js.map', 'lib/a.test.js', 'binding.gyp'])
      expect(keptOfPackage(path, 'any'), path).toBe(false);
  });
});

// developer.chrome.com/docs/extensions/develop/concepts/native-messaging: the origin comes first, on Windows the window's handle after it.
describe('the launcher for browsers', () => {
  it.skipIf(process.platform === 'win32').each([
    ['linux', 'styrk'],
    ['mac', 'Contents/MacOS/Styrk'],
  ] as const)(
    'of %s starts the packaged app with what the browser said, also through a link and from anywhere',
    (name, program) => {
      const resources = name === 'mac' ? 'Contents/Resources' : 'resources';
      mkdirSync(join(folder, 'a b', program, '..'), { recursive: true });
      writeFileSync(join(folder, 'a b', program), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
      writeOrderHost(join(folder, 'a b', resources), platforms[name], []);
      const launcher = join(folder, 'a b', resources, 'order-host/styrk-order-host');
      symlinkSync(launcher, join(folder, 'link'));
      const origin = 'chrome-extension://a/';
      for (const path of [launcher, join(folder, 'link')])
        expect(spawnSync(path, [origin, 'x y'], { cwd: '/', encoding: 'utf8' }).stdout).toBe(
          `--order-host\n${origin}\nx y\n`,
        );
      expect(readdirSync(join(folder, 'a b', resources, 'order-host'))).toEqual(['styrk-order-host']);
    },
  );

  it('of Windows is a batch file that starts the program two folders up (not run here)', () => {
    writeOrderHost(folder, platforms.win, ['abcdefghijklmnop'.repeat(2)]);
    expect(readFileSync(join(folder, 'order-host/styrk-order-host.bat'), 'utf8')).toBe(
      '@echo off\r\n"%~dp0..\\..\\Styrk.exe" --order-host %*\r\n',
    );
    // A path beside the manifest, as Windows allows.
    expect(JSON.parse(readFileSync(join(folder, 'order-host/se.styrk.orders.json'), 'utf8')).path).toBe(
      'styrk-order-host.bat',
    );
  });

  it('is told to browsers of every account by the package where extensions are named, and else by nobody', () => {
    writeOrderHost(folder, platforms.linux, []);
    expect(orderHostConfig(folder)).toEqual({ deb: '', nsis: '' });
    writeOrderHost(folder, platforms.linux, ['abcdefghijklmnop'.repeat(2)]);
    const { deb, nsis } = orderHostConfig(folder);
    expect(nsis).toBe('!define STYRK_ORDER_HOST\n');
    expect(deb).toContain('=/etc/opt/edge/native-messaging-hosts/se.styrk.orders.json');
  });
});

describe('verify-package', () => {
  it('tells by its exit status: found, nothing found, cannot be opened, unusable', () => {
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, [join(root, 'tools/package/verify.ts'), ...args], { encoding: 'utf8' });
    writePackage(folder, goodFiles());
    expect(run(folder, '--unsigned').status).toBe(0);
    writeFileSync(join(folder, 'resources/default_app.asar'), '');
    const { status, stdout } = run(folder, '--json');
    expect([status, JSON.parse(stdout).findings]).toEqual([
      1,
      [{ what: "Electron's own app, which loads others", where: 'default_app.asar' }],
    ]);
    writeFileSync(join(folder, 'a.zip'), '');
    expect(run(join(folder, 'a.zip')).status).toBe(3);
    expect(run().status).toBe(2);
    const away = run(folder, join(folder, 'away.deb'));
    expect([away.status, away.stdout]).toEqual([2, '']);
    expect(away.stderr).toContain('away.deb: is not there');
  });
});
