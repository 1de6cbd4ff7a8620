import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { bindingFailure } from '../../../main/reader/binding-load.ts';
import { openReaderPort, usualBinding } from '../../../main/reader/choose-port.ts';
import { createPcscMiniPort } from '../../../main/reader/pcsc-mini-port.ts';

const dlopenError = (message: string) => Object.assign(new Error(message), { code: 'ERR_DLOPEN_FAILED' });

test('a binary of another ABI names both versions', () => {
  const thrown = dlopenError(
    "The module '/app/node_modules/pcsclite/build/Release/pcsclite.node'\nwas compiled against a different Node.js version " +
      'using\nNODE_MODULE_VERSION 115. This version of Node.js requires\nNODE_MODULE_VERSION 137. Please try re-compiling',
  );
  expect(bindingFailure('pcsclite', thrown)).toMatchObject({
    code: 'reader.binding-abi',
    fields: { package: 'pcsclite', built: 115, running: 137 },
  });
});

test.each(['Module did not self-register: x.node', 'x.node: invalid ELF header', 'x is not a valid Win32 application'])(
  '%s is another ABI too',
  (message) => {
    expect(bindingFailure('pcsclite', dlopenError(message))).toMatchObject({
      code: 'reader.binding-abi',
      fields: { built: null, running: null },
    });
  },
);

test.each([
  ['libpcsclite.so.1: cannot open shared object file: No such file or directory', 'system-library', 'libpcsclite.so.1'],
  ['Could not locate the bindings file. Tried:\n → build/pcsclite.node', 'not-built', null],
  ["Cannot find module '@pcsc-mini/linux-x86_64-gnu'", 'not-installed', null],
  ['Unsupported platform: sunos-sparc', 'unknown', null],
])('%s', (message, reason, library) => {
  expect(bindingFailure('p', new Error(message))).toMatchObject({
    code: 'reader.binding-missing',
    fields: { package: 'p', reason, library },
  });
});

test('what Node itself throws for a missing package is understood', async () => {
  const name: string = 'styrk-no-such-package';
  const esm: unknown = await import(name).catch((thrown: unknown) => thrown);
  expect(bindingFailure(name, esm)).toMatchObject({ fields: { reason: 'not-installed' } });
  let cjs: unknown = null;
  try {
    createRequire(import.meta.url)(name);
  } catch (thrown) {
    cjs = thrown;
  }
  expect(bindingFailure(name, cjs)).toMatchObject({ fields: { reason: 'not-installed' } });
});

test('a port of either kind can be made without its binding, and says at the start what is missing', async () => {
  expect(openReaderPort().name).toBe(usualBinding);
  expect(openReaderPort('pcsc-mini').name).toBe('pcsc-mini');
  expect(openReaderPort('pcsclite').name).toBe('pcsclite');
  const broken = createPcscMiniPort({
    load: () => Promise.reject(new Error('libpcsclite.so.1: cannot open shared object')),
  });
  await expect(broken.start(() => {})).rejects.toMatchObject({
    code: 'reader.binding-missing',
    fields: { package: 'pcsc-mini', reason: 'system-library' },
  });
});
