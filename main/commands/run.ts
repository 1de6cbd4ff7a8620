import { defaultDataDirectory } from '../machine/data-directory.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { parseCommandArguments, splitCommandLine } from './arguments.ts';
import type { Answer, CommandCall, ExitStatus, Machine } from './command.ts';
import { commandRoles } from './command-roles.ts';
import { type CommandEntry, commandTable } from './command-table.ts';
import { exitStatusOf } from './exit-status.ts';
import { commandHelp, overview } from './help.ts';
import { jsonLine, printable, printableLines } from './layout.ts';
import { withStandardInput } from './private-arguments.ts';
import { sideDoorAdvice } from './side-door-advice.ts';

/**
 * Runs one command line of the side door and answers its exit status. With `--json` exactly one object goes to standard
 * output, whatever happens.
 */
export async function runCommandLine(argv: readonly string[], machine: Machine): Promise<ExitStatus> {
  const end = argv.indexOf('--');
  const json = argv.slice(0, end === -1 ? argv.length : end).includes('--json');
  let answered = false;
  const answer = (object: Answer, text: () => string): void => {
    answered = true;
    // Whatever a command put together, nothing of another's making steers the terminal.
    machine.out(json ? jsonLine(object) : printableLines(text()));
  };
  try {
    return await dispatch(argv, machine, json, answer);
  } catch (thrown) {
    const failure = asFailure(thrown);
    machine.error(await peoplesWords(failure));
    if (failure.code === 'internal.unexpected') machine.error(placesOf(failure.cause));
    const { code, fields } = failure;
    if (json && !answered) answer({ error: { code, fields } }, () => '');
    return exitStatusOf(code);
  }
}

async function dispatch(
  argv: readonly string[],
  machine: Machine,
  json: boolean,
  answer: CommandCall['answer'],
): Promise<ExitStatus> {
  const { name, words, rest } = splitCommandLine(
    // As people ask other tools: `styrk help trust list` is `styrk trust list --help`.
    argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv,
    commandTable.map((entry) => entry.name),
  );
  const entry = commandTable.find((candidate) => candidate.name === name);
  if (entry === undefined) return withoutCommand(words, rest, json, answer);
  const { command } = await entry.load();
  const parsed = parseCommandArguments(rest, command);
  if (parsed.flag('help')) return help(commandHelp(entry, command), answer);
  const given = withStandardInput(parsed, command);
  const training = given.flag('training');
  // Read here and not at the start: help and a slip of the pen need no house.
  const { directoryToOpen, nothingManaged } = await import('../house/managed-settings.ts');
  await machine.ready?.();
  using secrets = new DisposableStack();
  return await command.run({
    machine,
    given,
    command: entry.name,
    need: Object.hasOwn(commandRoles, entry.name) ? commandRoles[entry.name] : undefined,
    json,
    training,
    // Asked for late: a command that keeps nothing needs no folder, and no home.
    get directory() {
      const asked = given.value('data');
      if (training) return asked ?? defaultDataDirectory('training');
      return directoryToOpen(asked, machine.managed?.() ?? nothingManaged) ?? defaultDataDirectory('ordinary');
    },
    asFound: command.asFound ?? false,
    secrets,
    answer,
    note: (line) => machine.error(`${printable(line)}\n`),
  });
}

function withoutCommand(
  words: readonly string[],
  rest: readonly string[],
  json: boolean,
  answer: CommandCall['answer'],
): ExitStatus {
  const [group] = words;
  const members = commandTable.filter((entry: CommandEntry) => entry.name.startsWith(`${group} `));
  if (rest.includes('--help') && (group === undefined || (members.length > 0 && words.length === 1))) {
    return help(overview(group), answer);
  }
  if (group === undefined && rest.length === 0) return help(overview(), answer);
  if (group === undefined && rest.some((option) => option !== '--json')) parseCommandArguments(rest, noCommand);
  const known = members.length > 0 ? members.map((entry) => entry.name).join(', ') : null;
  if (group === undefined && !json) return help(overview(), answer);
  throw new Failure('arguments.unknown-command', { command: words.join(' '), ...(known === null ? {} : { known }) });
}

const noCommand = { options: {}, fewest: 0, most: 0, positionals: '' } as const;

function help(text: string, answer: CommandCall['answer']): ExitStatus {
  answer({ help: text }, () => text);
  return 0;
}

// Where it happened, for us; an unforeseen message could hold anything, so it stays away.
function placesOf(cause: unknown): string {
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const places = stack.split('\n').filter((line) => /^ {4}at /.test(line));
  return places.map((line) => `${line}\n`).join('');
}

/** What happened, what to do, and the fields, for the terminal. */
async function peoplesWords(failure: Failure): Promise<string> {
  const { code, fields } = failure;
  const { failureWords } = await import('../../resources/failures/failures.ts');
  const { happened, staff } = failureWords('en', code);
  const known = Object.entries(fields).filter(([, value]) => value !== null);
  const details = known.map(([name, value]) => `  ${name}: ${printable(String(value))}`);
  const advice = sideDoorAdvice(failure);
  const options = advice === null ? [] : [`At the command line: ${advice}`];
  return `${[`${happened} ${staff}`, ...options, `  ${code}`, ...details].join('\n')}\n`;
}
