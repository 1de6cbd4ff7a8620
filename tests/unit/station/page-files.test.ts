import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageFile } from '../../../main/station/page-files.ts';
import { appOrigin, originOf } from '../../../main/station/page-origin.ts';

const folder = '/srv/app/out/renderer';
const at = (address: string) => pageFile(folder, appOrigin, address);
const policyOf = (address: string) => at(address)?.headers['Content-Security-Policy'] ?? '';

describe('files of the page', () => {
  test.each([
    ['styrk://app/', 'index.html', 'text/html; charset=utf-8'],
    ['styrk://app/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['styrk://app/assets/index-1.js?x=1#y', 'assets/index-1.js', 'text/javascript; charset=utf-8'],
    ['styrk://app/workers/decode-1.js', 'workers/decode-1.js', 'text/javascript; charset=utf-8'],
    ['styrk://app/assets/a%20b.wasm', 'assets/a b.wasm', 'application/wasm'],
  ])('%s is %s', (address, path, type) => {
    expect(at(address)?.path).toBe(resolve(folder, path));
    expect(at(address)?.headers['Content-Type']).toBe(type);
  });

  test.each([
    'styrk://app/../main/index.js',
    'styrk://app/%2e%2e/main/index.js',
    'styrk://app/..%2fmain/index.js',
    'styrk://app/..%5cmain%5cindex.js',
    'styrk://app/assets/%2e%2e/%2e%2e/main/index.js',
    'styrk://app/%00.html',
    'styrk://app/C:/Windows/win.html',
    'styrk://app/%zz.html',
    'styrk://app/.env',
    'styrk://app/training.key',
    'styrk://app',
    'styrk://other/index.html',
    'https://app/index.html',
    'file:///srv/app/out/renderer/index.html',
    'nonsense',
    '',
  ])('%s is none', (address) => {
    const file = at(address);
    if (address === 'styrk://app') expect(file === null || file.path === resolve(folder, 'index.html')).toBe(true);
    else if (file !== null) expect(file.path.startsWith(`${folder}/`)).toBe(true);
    if (/%2f|%5c|%00|C:|%zz|env|key|other|https|file|nonsense|^$/.test(address)) expect(file).toBeNull();
  });

  test('whatever is asked for, nothing outside the folder is named', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '/',
      '\\',
      'a',
      'index.html',
      '%5c',
      '%00',
      'é',
      '%c3%a9',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = at(`styrk://app/${pieces.join('')}.html`);
        expect(file === null || file.path.startsWith(`${folder}/`)).toBe(true);
      }),
    );
  });

  test('another origin can be the page: the stand-in has one', () => {
    expect(pageFile(folder, 'https://app.styrk.invalid', 'https://app.styrk.invalid/index.html')).not.toBeNull();
    expect(pageFile(folder, 'https://app.styrk.invalid', 'styrk://app/index.html')).toBeNull();
  });
});

describe('the policy', () => {
  test('of the page lets only its own scripts run and connects nowhere', () => {
    const policy = policyOf('styrk://app/index.html');
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types styrk',
    ]) {
      expect(policy.split('; ')).toContain(part);
    }
    expect(policy).not.toContain('unsafe');
  });

  test('is the same for workers, and nothing may compile WebAssembly', () => {
    for (const worker of [
      'portrait-decoder-Ab_1.js',
      'zone-reader-1.js',
      'face-model-worker.js',
      'face-model-worker-1.js.css',
    ])
      expect(policyOf(`styrk://app/assets/${worker}`)).toBe(policyOf('styrk://app/index.html'));
  });

  test('of the one worker that finds faces differs in that alone', () => {
    const own = policyOf('styrk://app/assets/face-model-worker-Ab_1-2.js');
    expect(own.replace(" 'wasm-unsafe-eval'", '')).toBe(policyOf('styrk://app/index.html'));
    expect(own.match(/unsafe/g)).toEqual(['unsafe']);
    expect(own.split('; ')).toContain("connect-src 'none'");
  });
});

test('an origin is scheme and host', () => {
  expect(originOf('styrk://app/index.html?x')).toBe('styrk://app');
  expect(originOf('https://app.styrk.invalid:8443/a')).toBe('https://app.styrk.invalid:8443');
  expect(originOf('about:blank')).toBeNull();
  expect(originOf('data:text/html,x')).toBeNull();
  expect(originOf('')).toBeNull();
});
