import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hexDigest, newSigningKey } from '../../../main/crypto/sealing.ts';
import { signedUpdate, updateText } from '../../../main/keeping/app-update/signed-update.ts';
import { formatVerifierKey, signNote, verifierKey } from '../../../main/records/log/note-keys.ts';
import { isUpdateCheck, refusedStart } from '../../../main/station/start-guard.ts';
import { answerUpdateCheck } from '../../../main/station/update-check.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'styrk-update-check-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { secretKey, publicKey } = newSigningKey((length) => new Uint8Array(randomBytes(length)));
const key = verifierKey('updates.bank.example', 'ed25519', publicKey);

function put(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

async function asked(description: object, words: readonly string[]) {
  put('package.json', JSON.stringify(description));
  let line = '';
  const status = await answerUpdateCheck(['--check-update', ...words], folder, async (text) => {
    line += text;
  });
  return { status, answer: JSON.parse(line) as unknown };
}

function update() {
  const text = updateText({
    version: [0, 2, 0],
    edition: 'ordinary',
    files: [{ name: 'styrk.deb', bytes: 4, sha256: hexDigest('deb\n') }],
  });
  return [put('styrk.update', signedUpdate(text, [signNote(key, secretKey, text)])), put('styrk.deb', 'deb\n')];
}

const description = { name: 'styrk', version: '0.1.0', edition: 'ordinary', updateKeys: [formatVerifierKey(key)] };

describe('an installed app that is asked whether a package may take its place', () => {
  it('answers by the keys that it was packed with', async () => {
    const { status, answer } = await asked(description, update());
    expect([status, answer]).toMatchObject([0, { version: '0.2.0', same: false, packages: [{ name: 'styrk.deb' }] }]);
  });

  it('refuses what is older than itself, with the code and another exit status', async () => {
    const { status, answer } = await asked({ ...description, version: '0.3.0' }, update());
    expect([status, answer]).toEqual([
      2,
      { error: { code: 'installation.update-older', fields: { found: '0.2.0', installed: '0.3.0' } } },
    ]);
  });

  it('says so where it was packed with no key', async () => {
    const { status, answer } = await asked({ ...description, updateKeys: undefined }, update());
    expect([status, answer]).toMatchObject([3, { error: { code: 'installation.update-no-key' } }]);
  });

  it('says so where its own description is not what was packed', async () => {
    const { status, answer } = await asked({ ...description, updateKeys: 'all' }, update());
    expect([status, answer]).toMatchObject([3, { error: { code: 'installation.altered' } }]);
  });

  it.each([[[]], [['styrk.update']]])('asks for a list and a package: %j', async (words) => {
    const { status, answer } = await asked(description, words);
    expect([status, answer]).toMatchObject([2, { error: { code: 'arguments.unusable' } }]);
  });
});

describe('the start for it', () => {
  it('is known by the first word alone, and takes no switch beside it', () => {
    const started = (argv: readonly string[]) =>
      refusedStart({ argv, environment: {}, platform: 'linux' }).map(({ name }) => name);
    expect(isUpdateCheck(['--check-update', 'a'])).toBe(true);
    expect(isUpdateCheck(['a', '--check-update'])).toBe(false);
    expect(started(['--check-update', '/srv/a.update', '/srv/a.deb'])).toEqual([]);
    expect(started(['--check-update', '/srv/a.update', '--no-sandbox'])).toEqual(['no-sandbox']);
    expect(started(['/srv/a.update', '--check-update'])).toEqual(['check-update']);
  });
});
