import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bindingFailure } from '../../../main/reader/binding-load.ts';
import { requireInside } from '../../../main/reader/installation.ts';

describe('pcsclite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-installation-'));
  const at = (path: string): string => pathToFileURL(join(folder, path)).href;
  mkdirSync(join(folder, 'app/out/main'), { recursive: true });
  writeFileSync(join(folder, 'app/package.json'), '{}');
  const asking = at('app/out/main/index.js');

  it('is loaded from inside the installation alone: Node looks in every folder above it', () => {
    expect(() => requireInside(asking, at('app/node_modules/pcsclite/lib/pcsclite.js'))).not.toThrow();
    for (const found of ['node_modules/pcsclite/a.js', 'app-of-another/node_modules/pcsclite/a.js', '../pcsclite/a.js'])
      expect(() => requireInside(asking, at(found)), found).toThrow(
        expect.objectContaining({ code: 'reader.binding-missing' }),
      );
    rmSync(folder, { recursive: true });
    expect(() => requireInside(asking, at('app/node_modules/pcsclite/a.js'))).toThrow();
  });

  it('that lies outside is told as such, not as an unknown fault', () => {
    try {
      requireInside(asking, 'file:///elsewhere/pcsclite.js');
    } catch (thrown) {
      expect(bindingFailure('pcsclite', thrown)).toMatchObject({ fields: { reason: 'outside-the-installation' } });
    }
    expect.assertions(1);
  });
});
