import { describe, expect, it } from 'vitest';
import { commandTable } from '../../../main/commands/command-table.ts';
import { exitStatusOf } from '../../../main/commands/exit-status.ts';
import { failureCodes } from '../../../main/result/failure-codes.ts';
import { runHere } from '../../support/side-door.ts';

describe('help', () => {
  it('names every command', async () => {
    const { status, stdout } = await runHere(['--help']);
    expect(status).toBe(0);
    for (const { name } of commandTable) expect(stdout).toContain(`  ${name} `);
    expect((await runHere([])).stdout).toBe(stdout);
  });

  it.each(commandTable.map(({ name }) => [name]))('%s: usage, options, example', async (name) => {
    const { status, stdout } = await runHere([...name.split(' '), '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: styrk ${name}`);
    expect(stdout).toContain(`  styrk ${name}`);
    expect(stdout).toContain('With --json: ');
    expect(stdout).toContain('--passphrase-file FILE');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('of a group names its members alone', async () => {
    const { stdout } = await runHere(['records', '--help']);
    expect(stdout).toContain('records check');
    expect(stdout).not.toContain('trust import');
  });

  it('is had by the word too, as other tools have it', async () => {
    for (const words of [[], ['records'], ['inspect']]) {
      const asked = await runHere(['help', ...words]);
      expect(asked).toMatchObject({ status: 0, stdout: (await runHere([...words, '--help'])).stdout });
    }
    expect((await runHere(['help', 'nonsense'])).status).toBe(2);
  });

  it('is one object with --json', async () => {
    expect((await runHere(['inspect', '--help', '--json'])).json().help).toContain('Usage: styrk inspect');
  });
});

describe('a line that cannot be used', () => {
  it.each([
    [['nonsense'], 'arguments.unknown-command'],
    [['trust'], 'arguments.unknown-command'],
    [['trust', 'nonsense'], 'arguments.unknown-command'],
    [['records', 'check', '--nonsense'], 'arguments.unusable'],
    [['--nonsense'], 'arguments.unusable'],
    [['replay'], 'arguments.unusable'],
    [['specimens', 'extra'], 'arguments.unusable'],
    [['readers', '--reader-port', 'nonsense'], 'arguments.unusable'],
    [['replay', '/nonexistent/file'], 'input.unreadable'],
    [['replay', '/'], 'input.unreadable'],
    [['inspect', '--specimen', 'se-passport'], 'specimen.needs-training'],
    [['inspect', '--specimen', 'se-passport', '--reader', 'R', '--training'], 'arguments.unusable'],
    [['inspect', '--can', '12345'], 'arguments.unusable'],
    [['inspect', '--can', '123456', '--mrz', 'P<'], 'arguments.unusable'],
    [['inspect', '--birth', '800101'], 'arguments.unusable'],
    [['inspect', '--mrz', 'P<SWE'], 'mrz.malformed'],
    [['chip', 'nonsense'], 'specimen.unknown'],
    [['chip', 'se-passport', '--fault', 'nonsense'], 'arguments.unusable'],
    [['chip', 'se-passport', '--vpcd', 'host'], 'arguments.unusable'],
    [['verify', '--holder', 'asa'], 'arguments.unusable'],
    [['verify', '--holder', 'asa', '--purpose', 'nonsense'], 'purpose.unknown'],
    [['verify', '--holder', 'asa', '--purpose', 'renew-bankid', '--face', 'unsure'], 'decision.reason-missing'],
    [['verify', '--holder', 'asa', '--purpose', 'renew-bankid', '--face', 'nonsense'], 'arguments.unusable'],
    [['check'], 'arguments.unusable'],
    [['check', '--dg', '17=f'], 'arguments.unusable'],
    [['check', '--dg', '1=a', '--dg', '1=b'], 'arguments.unusable'],
    [['check', '--sod', 'f', '--at', '2026-02-30'], 'arguments.unusable'],
    [['trust', 'list', '--country', '1'], 'arguments.unusable'],
  ] as const)('%j: %s, exit status 2, words for people', async (argv, code) => {
    const end = await runHere([...argv, '--json']);
    expect(end.status).toBe(2);
    expect(end.json()).toEqual({ error: { code, fields: expect.any(Object) } });
    expect(end.stderr).toContain(code);
    const people = await runHere(argv);
    expect(people.status).toBe(2);
    expect(people.stdout).toBe('');
  });

  it('every failure code is the fault of the input or of the machine', () => {
    for (const code of failureCodes) expect([2, 3]).toContain(exitStatusOf(code));
    expect(exitStatusOf('storage.locked')).toBe(3);
    expect(exitStatusOf('reader.none')).toBe(3);
    expect(exitStatusOf('data.kind')).toBe(2);
    expect(exitStatusOf('storage.foreign')).toBe(2);
    expect(exitStatusOf('trust.signer-not-pinned')).toBe(2);
  });
});
