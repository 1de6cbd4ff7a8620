import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headquarters, policyFile } from '../../support/headquarters.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';
import { ecTestKey, testAuthority, testDocumentSigner } from '../../support/test-pki.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const key = ecTestKey('P-256', 'named', 1);
const { bundle, issuer } = headquarters();
const vouched = ['--by', 'A. Berg', '--by', 'C. Dahl'];

const renewal = policyFile('renew-bankid');
// Where the app passes what it does not make over in training, this one refers.
const strict = {
  ...renewal,
  version: renewal.version + 1,
  rules: renewal.rules.map((rule) => ({ ...rule, trainingNotMade: null })),
};

function fileWith(content: Uint8Array): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, content);
  return path;
}

function station() {
  const around = ['--training', '--data', temporaryFolder(), '--json'];
  const run = async (...argv: string[]) => (await runHere([...argv, ...around])).json();
  return {
    run,
    verdict: async () => {
      const { verdict, reasons } = await run(
        ...['verify', '--specimen', 'se-passport', '--holder', 'asa', '--purpose', 'renew-bankid', '--face', 'same'],
      );
      return { verdict, reasons };
    },
  };
}

describe('a bundle from one station to an empty one', () => {
  it('carries the same list and the same policies, which judge there; restoring takes them back', async () => {
    const [issuing, taking] = [station(), station()];
    await issuing.run('trust', 'import', fileWith(testAuthority(key, scheme)), '--pin');
    await issuing.run('trust', 'import', fileWith(testDocumentSigner(ecTestKey('P-256', 'named', 5), key, scheme)));
    const sent = fileWith(bundle(1, { 'renew-bankid': strict }));
    expect(await issuing.run('trust', 'import', sent, '--signer', issuer, ...vouched)).toMatchObject({
      policies: [{ id: 'renew-bankid', version: strict.version, isOwn: false }],
    });
    const path = join(temporaryFolder(), 'out');
    const exported = await issuing.run('trust', 'export', path);
    expect(exported).toMatchObject({ certificates: 1, documentSigners: 1, policies: 8 });

    const before = await taking.run('trust', 'show');
    expect((await taking.verdict()).verdict).toBe('accept');
    await taking.run('trust', 'import', path, '--signer', exported.issuer, ...vouched);
    const [here, there] = [await taking.run('trust', 'list'), await issuing.run('trust', 'list')];
    for (const told of ['certificates', 'counts', 'documentSigners', 'revocationLists'])
      expect(here[told], told).toEqual(there[told]);
    const [shown, shownThere] = [await taking.run('trust', 'show'), await issuing.run('trust', 'show')];
    const told = ({ policies }: typeof shown) =>
      policies.map(({ from, ...policy }: { from: unknown }) => ({ ...policy, own: from === null }));
    expect(told(shown)).toEqual(told(shownThere));
    expect(told(shown)).not.toEqual(told(before));
    const policy = shown.policies.find(({ id }: { id: string }) => id === 'renew-bankid');
    expect(policy.from).toMatchObject({ issuer: exported.issuer, bundleNumber: exported.number });

    expect(await taking.verdict()).toMatchObject({ verdict: 'refer', reasons: ['check.not-made'] });
    const { records } = await taking.run('records', 'list');
    const { content } = await taking.run('records', 'show', records[0].id);
    expect(content.policy).toEqual({ id: 'renew-bankid', version: strict.version, digest: policy.digest });
    const { items } = await taking.run('doctor');
    const line = items.find(({ detail }: { detail: string }) => detail.startsWith('renew-bankid'));
    expect(line).toMatchObject({ id: 'policy', state: 'ok' });
    expect(line.detail).toContain(policy.digest.slice(0, 16));

    await taking.run('trust', 'restore', ...vouched);
    expect((await taking.run('trust', 'show')).policies).toEqual(before.policies);
    expect((await taking.verdict()).verdict).toBe('accept');
    expect((await taking.run('trust', 'list')).certificates).not.toEqual(here.certificates);
  });

  it('is refused with a byte changed, an older number, another content under its number, a policy that nobody can read', async () => {
    const { run } = station();
    const signer = ['--signer', issuer];
    const code = async (bytes: Uint8Array) =>
      (await run('trust', 'import', fileWith(bytes), ...signer)).error?.code ?? null;
    const sent = bundle(2, { 'renew-bankid': strict });
    const changed = new Uint8Array(readFileSync(fileWith(sent)));
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(await code(changed)).toBe('bundle.part-differs');
    expect(await code(bundle(2, { 'renew-bankid': { ...strict, rules: {} } }))).toBe('bundle.policy-malformed');
    expect((await run('trust', 'show')).policies.every(({ from }: { from: unknown }) => from === null)).toBe(true);
    expect(await code(sent)).toBeNull();
    expect(await code(sent)).toBe('bundle.older');
    expect(await code(bundle(1, { 'renew-bankid': strict }))).toBe('bundle.older');
    expect(await code(bundle(2, {}))).toBe('bundle.number-reused');
  });
});
