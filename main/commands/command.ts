import type { ManagedSettings } from '../house/managed-settings.ts';
import type { SignInSettings } from '../keeping/operators/operator-keeping.ts';
import type { StationClock } from '../machine/clock.ts';
import type { PcscService } from '../machine/pcsc-service.ts';
import type { Role } from '../result/roles.ts';

/** 0 done or accepted, 1 not accepted, 2 unusable arguments or input, 3 the machine lacks something. */
export type ExitStatus = 0 | 1 | 2 | 3;

/** One option as parsed and as the help shows it. `values` may be given several times. */
export interface OptionDescription {
  readonly kind: 'flag' | 'value' | 'values';
  /** What stands for the value in the help; empty for a flag. */
  readonly value: string;
  readonly help: string;
  /** It tells of a person, or opens a chip: `-` reads it from standard input, since the list of processes shows arguments. */
  readonly private?: true;
}

export type OptionDescriptions = Readonly<Record<string, OptionDescription>>;

/** What a command may ask of the machine and of the front door: tests hand in their own. */
export interface Machine {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether people see both streams as they come: then a line may be written over. */
  readonly isTerminal: boolean;
  readonly version: string;
  readonly resourcesDirectory: string;
  /** The file that the inspection worker runs. */
  readonly workerUrl: URL;
  readonly clock: StationClock;
  /** The next line that a person types; null where nobody does. */
  readonly answerLine: () => Promise<string | null>;
  /** A secret that a person types, unseen; null where nobody does. */
  readonly answerSecret: (prompt: string) => Promise<string | null>;
  /** Loads what a command works by, before one runs: help needs none of it. */
  readonly ready?: () => Promise<void>;
  /** What administrators of many stations set for this machine, once `ready`; nothing where it is left out. Fails with `settings.unusable`. */
  readonly managed?: () => ManagedSettings;
  /** What the machine has of PC/SC; nothing is told of it where it is left out. */
  readonly pcsc?: () => PcscService | Promise<PcscService>;
  /** How operators sign in; as usual where it is left out. */
  readonly signIn?: SignInSettings;
  /** How long each try to write waits for another process that does, in milliseconds. */
  readonly patienceMillis: number;
  /** Aborts when the process is asked to end; whoever asks for it must heed it. */
  readonly stopSignal: () => AbortSignal;
}

/** Parsed arguments: every option of the command by name, without dashes. */
export interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly flag: (name: string) => boolean;
  readonly value: (name: string) => string | null;
  readonly values: (name: string) => readonly string[];
  /** Whether no option of the command's own is given. */
  readonly plain: boolean;
}

type Persons = 1 | 2 | 'two-if-there';

/**
 * Who may give a command in a folder that has operators. `free`: it changes nothing that people decide and shows nothing of a
 * person. `two-if-there`: two administrators as soon as the folder has two; one who is alone
 * names the second person, where the act asks for two names (`--by`).
 */
export type CommandNeed =
  | 'free'
  | {
      readonly roles: readonly Role[];
      readonly persons: Persons | ((given: ParsedArguments) => Persons);
      /** Without it the command only shows. */
      readonly when?: (given: ParsedArguments) => boolean;
    };

/** Anything that becomes JSON as it stands. */
export type Answer = Readonly<Record<string, unknown>>;

/** One call of a command. */
export interface CommandCall {
  readonly machine: Machine;
  readonly given: ParsedArguments;
  readonly json: boolean;
  readonly training: boolean;
  /** The data folder, given or the platform's. */
  readonly directory: string;
  /** The command's name, and who may give it where there are operators; undefined: nobody. */
  readonly command?: string;
  readonly need?: CommandNeed | undefined;
  /** As `Command.asFound`. */
  readonly asFound?: boolean;
  /** Secrets that the call brought: purged when it ends, however it ends. */
  readonly secrets: DisposableStack;
  /** Prints the command's one answer: the object with `--json`, else the text for people. Once in a call. */
  readonly answer: (object: Answer, text: () => string) => void;
  /** A line for people on standard error. */
  readonly note: (line: string) => void;
}

/** A command of the side door. */
export interface Command {
  /** Positional arguments in the help: `FILE...`, `[DIR]`; empty where there are none. */
  readonly positionals: string;
  readonly fewest: number;
  readonly most: number;
  readonly options: OptionDescriptions;
  /** Its positional arguments tell of a person: a single `-` reads them from standard input. */
  readonly privatePositionals?: true;
  /** What it does, in a few sentences; each entry is a paragraph. */
  readonly description: readonly string[];
  readonly examples: readonly string[];
  /**
   * It asks for, or takes back, what a folder holds: where there is none it fails with `storage.missing` and makes none, since
   * what is said of a folder just made is said of nothing. A training folder is complete by itself, and made all the same.
   */
  readonly asFound?: true;
  readonly run: (call: CommandCall) => Promise<ExitStatus>;
}
