import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSigningKey } from '../../../../main/crypto/sealing.ts';
import { appVersion, isOlder } from '../../../../main/keeping/app-update/app-version.ts';
import { checkUpdate, type InstalledApp } from '../../../../main/keeping/app-update/check-update.ts';
import { signedUpdate, updateText } from '../../../../main/keeping/app-update/signed-update.ts';
import { formatVerifierKey, signNote, verifierKey } from '../../../../main/records/log/note-keys.ts';
import type { Failure } from '../../../../main/result/failure.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'styrk-app-update-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function signer(name = 'updates.bank.example') {
  const { secretKey, publicKey } = newSigningKey((length) => new Uint8Array(randomBytes(length)));
  const key = verifierKey(name, 'ed25519', publicKey);
  return { text: formatVerifierKey(key), sign: (text: string) => signNote(key, secretKey, text) };
}
const bank = signer();

const deb = 'styrk_0.2.0_amd64.deb';
const packed = new TextEncoder().encode('what the package holds');
const lineOf = (name: string, content: Uint8Array) => ({
  name,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const version = (text: string) => appVersion(text) ?? [0, 0, 0];
const textFor = (number: string, edition: 'ordinary' | 'training' = 'ordinary') =>
  updateText({
    version: version(number),
    edition,
    files: [lineOf('Styrk Setup 0.2.0.exe', packed), lineOf(deb, packed)],
  });
const listFor = (number: string, by = bank) => put('list', signedUpdate(textFor(number), [by.sign(textFor(number))]));

const installed: InstalledApp = { version: '0.1.0', edition: 'ordinary', keys: [bank.text] };
async function refusal(list: string, packages: readonly string[], app = installed) {
  const failure = await checkUpdate(list, packages, app).then(
    () => null,
    (thrown: Failure) => thrown,
  );
  return failure === null ? 'none' : [failure.code, failure.fields.reason ?? null];
}

describe('packages of the app that the bank signed', () => {
  it('are proved by a key of the app that is there, and named with what was read of them', async () => {
    expect(await checkUpdate(listFor('0.2.0'), [put(deb, packed)], installed)).toEqual({
      version: '0.2.0',
      edition: 'ordinary',
      same: false,
      packages: [lineOf(deb, packed)],
    });
  });

  it('may be of the version that is there already, and of one key of several', async () => {
    const app = { ...installed, version: '0.2.0', keys: [signer('old.bank.example').text, bank.text] };
    expect(await checkUpdate(listFor('0.2.0'), [put(deb, packed)], app)).toMatchObject({ same: true });
  });

  it('are refused where the app knows no key', async () => {
    expect(await refusal(listFor('0.2.0'), [put(deb, packed)], { ...installed, keys: [] })).toEqual([
      'installation.update-no-key',
      null,
    ]);
  });
});

describe('a list that nobody signed whose key the app knows', () => {
  it.each([
    ['signed by another key of the same name', signer()],
    ['signed by another name', signer('mallory.example')],
  ])('is refused: %s', async (_what, other) => {
    expect(await refusal(listFor('0.2.0', other), [put(deb, packed)])).toEqual([
      'installation.update-unproved',
      'not-signed',
    ]);
  });

  it('is refused where the signature is another list’s', async () => {
    const list = put('list', signedUpdate(textFor('0.3.0'), [bank.sign(textFor('0.2.0'))]));
    expect(await refusal(list, [put(deb, packed)])).toEqual(['installation.update-unproved', 'not-signed']);
  });

  it.each([
    ['no signature', (text: string) => text],
    ['nothing', () => '\n'],
    ['bytes that are no text', () => Uint8Array.of(0xff, 0xfe, 0x0a, 0x0a)],
  ])('is refused: %s', async (_what, content) => {
    expect(await refusal(put('list', content(textFor('0.2.0'))), [put(deb, packed)])).toEqual([
      'installation.update-unproved',
      'malformed',
    ]);
  });

  it('is not read before its signature: an older version of a stranger is a stranger’s', async () => {
    expect(await refusal(listFor('0.0.1', signer()), [])).toEqual(['installation.update-unproved', 'not-signed']);
  });

  it('is refused where it is longer than a list may be', async () => {
    const list = put('list', `${textFor('0.2.0')}${' '.repeat(64 * 1024)}`);
    expect(await refusal(list, [])).toEqual(['input.too-large', null]);
  });
});

// What the bank's key signed and is no list of packages: a note of another kind, a line that leads elsewhere.
describe('a signed text that is no list', () => {
  const signed = (text: string) => put('list', signedUpdate(text, [bank.sign(text)]));
  const good = 'styrk-update 1\nversion 0.2.0\nedition ordinary\n';
  const line = `package ${'a'.repeat(64)} 5`;

  it.each([
    ['another title', `${good.replace('styrk-update 1', 'styrk-update 2')}${line} a.deb\n`],
    ['no package', good],
    ['a version with a suffix', `${good.replace('0.2.0', '0.2.0-beta')}${line} a.deb\n`],
    ['a version with leading zeros', `${good.replace('0.2.0', '0.02.0')}${line} a.deb\n`],
    ['another edition', `${good.replace('ordinary', 'other')}${line} a.deb\n`],
    ['a name that leads out of the folder', `${good}${line} ../a.deb\n`],
    ['a name with a folder of Windows', `${good}${line} b\\a.deb\n`],
    ['one name twice', `${good}${line} a.deb\n${line} a.deb\n`],
    ['a length of nothing', `${good}package ${'a'.repeat(64)} 0 a.deb\n`],
    [
      'more packages than a version has',
      `${good}${Array.from({ length: 33 }, (_, at) => `${line} ${at}.deb\n`).join('')}`,
    ],
    ['a line that nobody knows', `${good}${line} a.deb\nrun a.sh\n`],
  ])('is refused: %s', async (_what, text) => {
    expect(await refusal(signed(text), [])).toEqual(['installation.update-unproved', 'malformed']);
  });

  it('is not written either', () => {
    expect(() => updateText({ version: [0, 2, 0], edition: 'ordinary', files: [] })).toThrow('update-unproved');
  });
});

describe('what is older', () => {
  it.each(['0.1.9', '0.0.99', '0.1.10'])('is refused: %s for 0.2.0', async (number) => {
    const app = { ...installed, version: '0.2.0' };
    expect(await refusal(listFor(number), [put(deb, packed)], app)).toEqual(['installation.update-older', null]);
  });

  it('is told by numbers, not by letters', () => {
    expect(isOlder(version('0.9.0'), version('0.10.0'))).toBe(true);
    expect(isOlder(version('0.10.0'), version('0.9.0'))).toBe(false);
    expect(isOlder(version('1.0.0'), version('1.0.0'))).toBe(false);
    expect(isOlder(version('1.0.0'), version('0.99.99'))).toBe(false);
  });

  it('is not guessed where the app that is there has no version of this form', async () => {
    expect(await refusal(listFor('0.2.0'), [], { ...installed, version: 'test' })).toEqual([
      'installation.update-older',
      null,
    ]);
  });
});

describe('a package that is not the one that was signed', () => {
  it.each([
    ['other bytes of that length', packed.map((byte) => byte ^ 1)],
    ['a byte more', Uint8Array.of(...packed, 0)],
    ['a byte less', packed.subarray(1)],
  ])('is refused: %s', async (_what, content) => {
    expect(await refusal(listFor('0.2.0'), [put(deb, content)])).toEqual(['installation.update-other', 'bytes']);
  });

  it('is refused under a name that the list does not have, also beside one that it has', async () => {
    const packages = [put(deb, packed), put('styrk_0.3.0_amd64.deb', packed)];
    expect(await refusal(listFor('0.2.0'), packages)).toEqual(['installation.update-other', 'not-named']);
  });

  it('is refused where it is for practice, and the app that is there for work', async () => {
    const text = textFor('0.2.0', 'training');
    expect(await refusal(put('list', signedUpdate(text, [bank.sign(text)])), [put(deb, packed)])).toEqual([
      'installation.update-other',
      'edition',
    ]);
  });

  it('is told as unreadable where it is not there', async () => {
    expect(await refusal(listFor('0.2.0'), [join(folder, deb)])).toEqual(['input.unreadable', 'ENOENT']);
  });
});
