import { describe, expect, it } from 'vitest';
import { accessKeyOf } from '../../../main/commands/access-key-options.ts';
import { parseCommandArguments } from '../../../main/commands/arguments.ts';
import { commandTable } from '../../../main/commands/command-table.ts';
import { withStandardInput } from '../../../main/commands/private-arguments.ts';
import { plainDate } from '../../../main/result/plain-date.ts';
import { failureOf } from '../../support/failure-code.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const never = (): Uint8Array => {
  throw new Error('standard input was read');
};
const all = await Promise.all(commandTable.map(async ({ name, load }) => ({ name, ...(await load()).command })));

// proc(5): /proc/PID/cmdline shows a command's arguments to every user of the machine.
describe('what tells of a person, or opens a chip, need not be an argument', () => {
  it('is marked at every command that takes it', () => {
    const marked = all.flatMap(({ name, options, privatePositionals }) => [
      ...(privatePositionals ? [name] : []),
      ...Object.keys(options).flatMap((option) => (options[option]?.private ? [`${name} --${option}`] : [])),
    ]);
    const opening = ['mrz', 'document-number', 'birth', 'expiry', 'can'];
    const meant = /^(mrz|document-number|birth|expiry|can|holder|customer|same-document|personal-number)$/;
    const every = all.flatMap(({ name, options }) =>
      Object.keys(options).flatMap((option) => (meant.test(option) ? [`${name} --${option}`] : [])),
    );
    expect(marked.toSorted()).toEqual(['holders find', ...every].toSorted());
    for (const option of opening) expect(marked).toContain(`inspect --${option}`);
    expect(marked).toContain('verify --holder');
    expect(marked).toContain('records hold --customer');
  });

  it.each(all.map((command) => [command.name, command] as const))(
    '%s takes each from standard input',
    (_name, command) => {
      for (const option of Object.keys(command.options).filter((name) => command.options[name]?.private)) {
        const given = parseCommandArguments([`--${option}`, '-', ...Array(command.fewest).fill('x')], command);
        expect(withStandardInput(given, command, () => utf8(' 4711\r\n')).value(option)).toBe('4711');
      }
      const plain = parseCommandArguments(Array(command.fewest).fill('x'), command);
      expect(withStandardInput(plain, command, never)).toBe(plain);
    },
  );
});

describe('- among the arguments', () => {
  const find = all.find(({ name }) => name === 'holders find') ?? expect.fail();
  const verify = all.find(({ name }) => name === 'verify') ?? expect.fail();
  const options = (...argv: string[]) => parseCommandArguments(argv, verify);

  it('is what is looked for, whole', () => {
    const given = parseCommandArguments(['-'], find);
    expect(withStandardInput(given, find, () => utf8('Göran Sjöström\n')).positionals).toEqual(['Göran Sjöström']);
    const two = parseCommandArguments(['-', 'Sjöström'], find);
    expect(withStandardInput(two, find, never)).toBe(two);
  });

  it('stands for one of them, and for something', () => {
    expect(
      failureOf(() => withStandardInput(options('--mrz', '-', '--holder', '-'), verify, never))?.fields,
    ).toMatchObject({ reason: 'standard input is one argument' });
    expect(failureOf(() => withStandardInput(options('--can', '-'), verify, () => utf8('\n')))?.code).toBe(
      'arguments.unusable',
    );
  });

  it('is no sign elsewhere: a reader may be called so', () => {
    expect(withStandardInput(options('--reader', '-'), verify, never).value('reader')).toBe('-');
  });
});

describe('--access-file', () => {
  // ICAO Doc 9303-11 §4.3.2: document number, birth and expiry open the chip without the rest of the lines.
  it('holds the three fields as well, a line each', () => {
    const at = plainDate(2026, 11, 28) ?? expect.fail();
    const inspect = all.find(({ name }) => name === 'inspect') ?? expect.fail();
    const key = (...argv: string[]) =>
      accessKeyOf(parseCommandArguments(argv, inspect), at, () => 'L898902C3\r\n740812\r\n120415\r\n');
    expect(key('--access-file', 'F')).toEqual(
      key('--document-number', 'L898902C3', '--birth', '740812', '--expiry', '120415'),
    );
    expect(key('--access-file', 'F')).toMatchObject({ kind: 'mrz' });
  });
});
