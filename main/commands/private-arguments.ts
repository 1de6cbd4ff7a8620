import { readStandardInput } from '../machine/input-file.ts';
import { unusable } from './arguments.ts';
import type { Command, ParsedArguments } from './command.ts';

// Lines of an MRZ, a name, the content of a digital identity card's code.
const longest = 4096;
const sign = '-';

/**
 * The arguments with what tells of a person read from standard input where `-` stands for it. Standard input is read once, to its
 * end: two such arguments, and a secret that would be typed, find nothing there. Fails with `arguments.unusable`,
 * `input.unreadable` (empty), `input.too-large`.
 */
export function withStandardInput(
  given: ParsedArguments,
  { options, privatePositionals }: Pick<Command, 'options' | 'privatePositionals'>,
  read: (mostBytes: number) => Uint8Array = readStandardInput,
): ParsedArguments {
  const meant = Object.keys(options).filter((name) => options[name]?.private === true && given.value(name) === sign);
  const isQuery = privatePositionals === true && given.positionals.length === 1 && given.positionals[0] === sign;
  const many = meant.length + (isQuery ? 1 : 0);
  if (many === 0) return given;
  const [option] = meant;
  if (many > 1) throw unusable('standard input is one argument', { option: `--${option}` });
  const text = new TextDecoder().decode(read(longest)).trim();
  if (text === '') throw unusable('standard input is empty', option === undefined ? {} : { option: `--${option}` });
  return {
    ...given,
    positionals: isQuery ? [text] : given.positionals,
    value: (name) => (name === option ? text : given.value(name)),
  };
}
