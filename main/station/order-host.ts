import { runNativeHost } from '../answer/ways/native-host.ts';
import { defaultDataDirectory } from '../machine/data-directory.ts';
import { parseAppArguments } from './arguments.ts';

/** The ends of the pipe to the browser. */
interface BrowserPipe {
  readonly input: AsyncIterable<Uint8Array>;
  readonly write: (frame: Uint8Array) => void;
}

/**
 * The packaged app as the program that a browser starts: the same as `styrk order host`, for who has no side door. It ends with the
 * browser's pipe. `argv` begins with `--order-host`. Fails with `arguments.unusable`.
 */
export function serveBrowser(argv: readonly string[], pipe: BrowserPipe): Promise<void> {
  const { directory, training } = parseAppArguments(argv.slice(1));
  return runNativeHost({
    ...pipe,
    argv,
    directory: directory ?? defaultDataDirectory(training ? 'training' : 'ordinary'),
  });
}
