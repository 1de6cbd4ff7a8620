import { describe, expect, it } from 'vitest';
import { parseCommandArguments, splitCommandLine } from '../../../main/commands/arguments.ts';
import { failureOf } from '../../support/failure-code.ts';

const command = {
  options: {
    reader: { kind: 'value', value: 'NAME', help: '' },
    dg: { kind: 'values', value: 'N=FILE', help: '' },
    pin: { kind: 'flag', value: '', help: '' },
  },
  positionals: 'FILE...',
  fewest: 1,
  most: 2,
} as const;

describe('arguments of a command', () => {
  it('reads values, flags, repeated options and positionals in any order', () => {
    const given = parseCommandArguments(
      ['--dg', '1=a', 'file', '--pin', '--reader=ACR', '--dg=2=b', '--json'],
      command,
    );
    expect(given.positionals).toEqual(['file']);
    expect(given.value('reader')).toBe('ACR');
    expect(given.values('dg')).toEqual(['1=a', '2=b']);
    expect(given.flag('pin')).toBe(true);
    expect(given.flag('training')).toBe(false);
    expect(given.value('data')).toBeNull();
  });

  it.each([
    ['an unknown option', ['f', '--unknown'], { option: '--unknown' }],
    ['an unknown short option', ['f', '-x'], { option: '-x' }],
    ['an unknown option with a value', ['f', '--unknown=secret'], { option: '--unknown' }],
    ['a value that is missing', ['f', '--reader'], { option: '--reader' }],
    ['a value that is empty', ['f', '--reader', ''], { option: '--reader' }],
    ['a value for a flag', ['f', '--pin=yes'], { option: '--pin' }],
    ['an option given twice', ['f', '--reader', 'a', '--reader', 'b'], { option: '--reader' }],
    ['a flag given twice', ['f', '--json', '--json'], { option: '--json' }],
    ['an argument that is missing', [], { argument: 'FILE...' }],
    ['an argument too many', ['a', 'b', 'c'], { most: 2 }],
  ])('%s is unusable', (_what, argv, fields) => {
    const failure = failureOf(() => parseCommandArguments(argv, command));
    expect(failure?.code).toBe('arguments.unusable');
    expect(failure?.fields).toMatchObject(fields);
    expect(JSON.stringify(failure?.fields)).not.toContain('secret');
  });

  it('a call for help may leave arguments out', () => {
    expect(parseCommandArguments(['--help'], command).flag('help')).toBe(true);
  });
});

describe('the command within a line', () => {
  const names = ['inspect', 'trust import', 'trust list'];
  it.each([
    [['inspect', '--json'], 'inspect', ['--json']],
    [['trust', 'import', 'f'], 'trust import', ['f']],
    [['--json', '--data', 'D', 'trust', 'list'], 'trust list', ['--json', '--data', 'D']],
    [['--data=D', 'inspect', 'trust'], 'inspect', ['--data=D', 'trust']],
    [['trust', 'show'], null, []],
    [['--json'], null, ['--json']],
    [[], null, []],
  ])('%j', (argv, name, rest) => {
    expect(splitCommandLine(argv, names)).toMatchObject({ name, rest });
  });
});
