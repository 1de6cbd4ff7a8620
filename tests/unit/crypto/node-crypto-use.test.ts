import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const main = resolve(import.meta.dirname, '../../../main');
const sources = readdirSync(main, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(main, path), 'utf8') }));

/** What Electron's BoringSSL has as well (measured); anything else comes from the noble libraries. */
const allowedFunctions = [
  'createCipheriv',
  'createDecipheriv',
  'createHash',
  'createHmac',
  'createSecretKey',
  'randomBytes',
  'randomUUID',
  'timingSafeEqual',
];
/**
 * What is tried first on a known answer, with noble behind it where this runtime lacks it or does not take these values
 * (decision 0001): in one file alone.
 */
const triedFirst = 'crypto/runtime.ts';
const triedFunctions = [
  'constants',
  'createPrivateKey',
  'createPublicKey',
  'hash as hashOnce',
  'type KeyObject',
  'publicEncrypt',
  'sign',
  'verify',
];
/**
 * A service's key and certificate are opened when they are set, and of those of headquarters people are told the days: a failure there
 * is told, and nothing is judged by it.
 */
const openedWhenSet = {
  'machine/https-service.ts': ['createPrivateKey', 'X509Certificate'],
  'fleet/certificates-told.ts': ['X509Certificate'],
  'fleet/chosen-files.ts': ['X509Certificate'],
} as Readonly<Record<string, readonly string[]>>;
const allowedCiphers = ['des-ede3-cbc', 'aes-256-ecb', 'aes-256-gcm'];

const nodeCrypto = /import\s+(?:type\s+)?([^;]*?)\s+from\s+'(?:node:)?crypto'/g;

test('node:crypto is imported by name, and only for what Electron has too', () => {
  const users = sources.flatMap(({ path, text }) =>
    [...text.matchAll(nodeCrypto)].map((match) => ({ path, what: match[1] ?? '' })),
  );
  expect(users.map(({ path }) => path)).toContain('crypto/des.ts');
  for (const { path, what } of users) {
    expect(what, path).toMatch(/^\{.*\}$/s);
    const names = what
      .replace(/[{}]/g, '')
      .split(',')
      .map((name) => name.trim());
    const further = path === triedFirst ? triedFunctions : (openedWhenSet[path] ?? []);
    const allowed = [...allowedFunctions, ...further];
    for (const name of names.filter((each) => each !== '')) expect(allowed, path).toContain(name);
  }
});

test('nobody reaches node:crypto another way', () => {
  for (const { path, text } of sources) {
    expect(text, path).not.toMatch(/require\(\s*'(?:node:)?crypto'|import\(\s*'(?:node:)?crypto'/);
    expect(text, path).not.toMatch(/\bcrypto\.subtle\b/);
  }
});

test('the only hash and HMAC that are not tried first are SHA-256 and that over it, which BoringSSL has', () => {
  const hashes = sources.flatMap(({ text }) =>
    [...text.matchAll(/create(?:Hmac|Hash)\('([^']*)'/g)].map((match) => match[1]),
  );
  expect(new Set(hashes)).toEqual(new Set(['sha256']));
});

test('the only ciphers that are not tried first are three-key DES in CBC and AES-256 in ECB and GCM, which BoringSSL has', () => {
  const ciphers = sources
    .filter(({ path, text }) => path !== triedFirst && /from\s+'(?:node:)?crypto'/.test(text))
    .flatMap(({ text }) => [...text.matchAll(/'((?:aes|des|chacha|rc)[a-z0-9-]*)'/g)].map((match) => match[1]));
  expect(new Set(ciphers)).toEqual(new Set(allowedCiphers));
});
