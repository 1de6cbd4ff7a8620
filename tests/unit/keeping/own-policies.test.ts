import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOwnPolicies, ownAlone } from '../../../main/keeping/policies/own-policies.ts';
import { resourcesIn } from '../../../main/machine/resources.ts';

const shipped = resolve(import.meta.dirname, '../../../resources/policies');

describe('own policies of the app', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'styrk-resources-'));
    cpSync(shipped, join(directory, 'policies'), { recursive: true });
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  it('are loaded with every policy', () => {
    expect(ownAlone(loadOwnPolicies(resourcesIn(directory))).of('renew-bankid').policy).toMatchObject({
      id: 'renew-bankid',
    });
  });

  it.each([
    ['cut in the middle', '{ "id": "renew-bankid", "version"'],
    ['empty', ''],
    ['of another purpose', readFileSync(join(shipped, 'large-transfer.json'), 'utf8')],
  ])('a policy file that is %s is named as such', (_what, text) => {
    writeFileSync(join(directory, 'policies', 'renew-bankid.json'), text);
    expect(() => loadOwnPolicies(resourcesIn(directory))).toThrow(
      expect.objectContaining({ code: 'policy.malformed' }),
    );
  });

  it('a policy file that is gone is named', () => {
    rmSync(join(directory, 'policies', 'large-transfer.json'));
    expect(() => loadOwnPolicies(resourcesIn(directory))).toThrow(
      expect.objectContaining({ code: 'input.unreadable' }),
    );
  });
});
