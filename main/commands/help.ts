import { commonOptions } from './arguments.ts';
import type { Command, OptionDescriptions } from './command.ts';
import { type CommandEntry, commandTable } from './command-table.ts';
import { wrapped } from './layout.ts';

const width = 100;

/** The first page: every command in a line. With `group` (`trust`) only those of the group. */
export function overview(group?: string): string {
  const entries = commandTable.filter(({ name }) => group === undefined || name.startsWith(`${group} `));
  const column = Math.max(...entries.map(({ name }) => name.length)) + 2;
  return [
    'styrk: proves that a passport or identity card is genuine, in date, and belongs to the person on record.',
    '',
    `Usage: styrk ${group ?? 'COMMAND'} ${group === undefined ? '' : 'COMMAND '}[OPTIONS]`,
    '',
    'Commands:',
    ...entries.map(({ name, summary }) => `  ${name.padEnd(column)}${summary}`),
    '',
    'Options of every command:',
    ...optionLines(commonOptions),
    '',
    'Exit status: 0 done, and for a verdict or check: accepted; 1 not accepted; 2 unusable arguments or input;',
    '3 the machine lacks something (reader, service, key).',
    '',
    'Begin with `styrk demo`. More on a command: styrk COMMAND --help',
    '',
  ].join('\n');
}

/** The page of one command. */
export function commandHelp({ name, summary }: CommandEntry, command: Command): string {
  const usage = ['styrk', name, command.positionals, ...Object.entries(command.options).map(usageOf)];
  return [
    `${summary}.`,
    '',
    ...wrapped(`Usage: ${usage.filter((part) => part !== '').join(' ')}`, width, '         '),
    '',
    ...command.description.flatMap((paragraph) => [...wrapped(paragraph, width, ''), '']),
    ...(Object.keys(command.options).length === 0 ? [] : ['Options:', ...optionLines(command.options), '']),
    'Options of every command:',
    ...optionLines(commonOptions),
    '',
    command.examples.length === 1 ? 'Example:' : 'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

function usageOf([name, { kind, value }]: [string, OptionDescriptions[string]]): string {
  if (kind === 'flag') return `[--${name}]`;
  return kind === 'values' ? `[--${name} ${value}]...` : `[--${name} ${value}]`;
}

function optionLines(options: OptionDescriptions): string[] {
  const labels = Object.entries(options).map(
    ([name, { value, help, private: isPrivate }]) =>
      [`--${name} ${value}`.trimEnd(), isPrivate ? `${help}; - reads it from standard input` : help] as const,
  );
  const column = Math.max(...labels.map(([label]) => label.length)) + 4;
  return labels.flatMap(([label, help]) => {
    const [first = '', ...rest] = wrapped(help, width - column, '');
    return [`  ${label.padEnd(column - 2)}${first}`, ...rest.map((line) => ' '.repeat(column) + line)];
  });
}
