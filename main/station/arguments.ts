import { parseArgs } from 'node:util';
import { type ReaderBinding, readerBindings, usualBinding } from '../reader/choose-port.ts';
import { Failure } from '../result/failure.ts';

/** How the app was started. */
export interface AppArguments {
  /** Null: the platform's place. */
  readonly directory: string | null;
  readonly training: boolean;
  readonly readers: ReaderBinding | 'training';
  /** Whether a customer stands before this window alone (docs/kiosk.md). */
  readonly kiosk: boolean;
  /** A link of the bank's (`styrk:...`) with which the system started us; null without one. */
  readonly link: string | null;
}

/**
 * Reads the app's arguments; switches of the platform between them are not ours and pass. Fails with
 * `arguments.unusable`.
 */
export function parseAppArguments(argv: readonly string[]): AppArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      training: { type: 'boolean' },
      kiosk: { type: 'boolean' },
      'reader-port': { type: 'string' },
    },
  });
  return {
    directory: values.data === undefined ? null : textOf('--data', values.data),
    training: values.training === true,
    kiosk: values.kiosk === true,
    readers: values['reader-port'] === undefined ? usualBinding : readersOf(values['reader-port']),
    link: linkIn(positionals),
  };
}

/** The link among the words of a start, right or wrong in its form; null without one. */
export function linkIn(words: readonly string[]): string | null {
  return words.find((word) => /^styrk:/i.test(word)) ?? null;
}

function textOf(option: string, value: string | boolean): string {
  if (typeof value !== 'string' || value === '') throw new Failure('arguments.unusable', { option });
  return value;
}

function readersOf(value: string | boolean): AppArguments['readers'] {
  const known = [...readerBindings, 'training'] as const;
  const port = known.find((name) => name === value);
  if (port === undefined) throw new Failure('arguments.unusable', { option: '--reader-port' });
  return port;
}
