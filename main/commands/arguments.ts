import { parseArgs } from 'node:util';
import { Failure } from '../result/failure.ts';
import type { Command, OptionDescriptions, ParsedArguments } from './command.ts';

/** Options that every command takes. */
export const commonOptions: OptionDescriptions = {
  json: { kind: 'flag', value: '', help: 'one JSON object on standard output, nothing else there' },
  data: { kind: 'value', value: 'DIR', help: "the data folder (default: the platform's place)" },
  training: {
    kind: 'flag',
    value: '',
    help: 'work in a folder for training: specimens are believed, nothing else changes',
  },
  'key-file': { kind: 'value', value: 'FILE', help: 'the key to the records; for training data only' },
  'passphrase-file': { kind: 'value', value: 'FILE', help: 'a file whose first line is the passphrase to the records' },
  operator: {
    kind: 'values',
    value: 'SIGN',
    help: 'who gives the command, where the folder has operators; twice where two people answer for it',
  },
  'operator-secret-file': {
    kind: 'values',
    value: 'FILE',
    help: 'a file whose first line is the secret of the --operator of the same place; else it is asked for',
  },
  'reader-port': {
    kind: 'value',
    value: 'NAME',
    help: 'the PC/SC binding: pcscd (Linux, usual there), pcsc-mini (usual elsewhere) or pcsclite',
  },
  help: { kind: 'flag', value: '', help: 'this page' },
};

/** `arguments.unusable`, with what is wrong in words and the option or argument that it is about. */
export function unusable(reason: string, about: Readonly<Record<string, string | number>> = {}): Failure {
  return new Failure('arguments.unusable', { reason, ...about });
}

const reasons: Readonly<Record<string, string>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: 'unknown option',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: 'the option has no value, or one that it does not take',
};

/**
 * Reads the arguments after the command's name. An unknown option, an option given twice and an argument too many or too
 * few are `arguments.unusable`.
 */
export function parseCommandArguments(
  argv: readonly string[],
  command: Pick<Command, 'options' | 'fewest' | 'most' | 'positionals'>,
): ParsedArguments {
  const descriptions: OptionDescriptions = { ...commonOptions, ...command.options };
  const options = Object.fromEntries(
    Object.entries(descriptions).map(([name, { kind }]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  );
  const { values, positionals } = parsed(argv, options);
  for (const [name, { kind }] of Object.entries(descriptions)) {
    const all = values[name] ?? [];
    if (kind !== 'values' && all.length > 1) throw unusable('the option is given twice', { option: `--${name}` });
    if (all.some((value) => value === '')) throw unusable('the option has no value', { option: `--${name}` });
  }
  const asked = values.help !== undefined;
  if (!asked && positionals.length < command.fewest)
    throw unusable('an argument is missing', { argument: command.positionals });
  if (!asked && positionals.length > command.most) throw unusable('too many arguments', { most: command.most });
  const textsOf = (name: string): string[] => (values[name] ?? []).filter((value) => typeof value === 'string');
  return {
    positionals,
    flag: (name) => values[name] !== undefined,
    value: (name) => textsOf(name)[0] ?? null,
    values: textsOf,
    plain: Object.keys(values).every((name) => Object.hasOwn(commonOptions, name)),
  };
}

type Values = Readonly<Record<string, readonly (string | boolean)[] | undefined>>;

function parsed(
  argv: readonly string[],
  options: Readonly<Record<string, { type: 'boolean' | 'string'; multiple: true | boolean }>>,
): { values: Values; positionals: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    return { values: values as Values, positionals };
  } catch (thrown) {
    const { code, message } = thrown as { code?: unknown; message?: unknown };
    const reason = typeof code === 'string' ? reasons[code] : undefined;
    if (reason === undefined) throw thrown;
    const option = /'(?:-\w, )?(-{1,2}[^\s'=]+)/.exec(String(message))?.[1];
    throw unusable(reason, option === undefined ? {} : { option });
  }
}

/** The command line cut into the command's words and the rest; common options may stand before the command. */
export function splitCommandLine(
  argv: readonly string[],
  names: readonly string[],
): { readonly name: string | null; readonly words: readonly string[]; readonly rest: readonly string[] } {
  const before: string[] = [];
  let left = [...argv];
  while (left[0]?.startsWith('--') === true && left[0] !== '--') {
    const [option = '', ...others] = left;
    const kind = commonOptions[option.slice(2)]?.kind;
    const takesValue = kind === 'value' || kind === 'values';
    before.push(option, ...(takesValue ? others.slice(0, 1) : []));
    left = takesValue ? others.slice(1) : others;
  }
  const [first, second] = left;
  const two = `${first} ${second}`;
  if (names.includes(two)) return { name: two, words: [two], rest: [...before, ...left.slice(2)] };
  if (first !== undefined && names.includes(first))
    return { name: first, words: [first], rest: [...before, ...left.slice(1)] };
  const words = left.slice(0, 2).filter((word) => !word.startsWith('-'));
  return { name: null, words, rest: [...before, ...left.slice(words.length)] };
}
