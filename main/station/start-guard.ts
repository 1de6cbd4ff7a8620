/*
 * What a packaged app may be started with. Chromium and Node read switches of their own from the same command line: some open a
 * port to whoever debugs, some lift the sandbox, some take the protection off the key. So nothing passes but what is named here.
 */

/** Our own options, and those of the platform that change how the window looks and nothing that protects. */
const allowed = new Set([
  'data',
  'training',
  'reader-port',
  'lang',
  'force-device-scale-factor',
  'force-color-profile',
  // Screen readers on Linux ask for it.
  'force-renderer-accessibility',
  'ozone-platform',
  'ozone-platform-hint',
  'disable-gpu',
]);

/** Variables of the environment by which Electron and Chromium lift what protects, or hand out what was encrypted. */
const refusedVariables = ['ELECTRON_DISABLE_SANDBOX', 'ELECTRON_RUN_AS_NODE', 'CHROME_DEVEL_SANDBOX', 'SSLKEYLOGFILE'];

/** What Chrome and Edge give a program that they start on Windows, beside the extension that asks. */
const ofBrowsers = new Set(['parent-window']);

/**
 * Whether a browser started us to hand orders over (native messaging): the launcher that lies in the package says so with the first word.
 * Then no window opens, and no folder.
 */
export function isOrderHost([first]: readonly string[]): boolean {
  return first === '--order-host';
}

/** Whether IT asks for packages to be proved before they are installed. Then, too, no window opens, and no folder. */
export function isUpdateCheck([first]: readonly string[]): boolean {
  return first === '--check-update';
}

/** One thing that a packaged app does not start with, as it was given, without its value. */
export interface RefusedStart {
  readonly kind: 'command' | 'switch' | 'variable';
  readonly name: string;
}

/** How the app was started. `argv` is without the program itself. */
export interface Start {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/** What of a start is refused; empty: nothing. */
export function refusedStart({ argv, environment, platform }: Start): readonly RefusedStart[] {
  const byBrowser = isOrderHost(argv);
  const words = byBrowser || isUpdateCheck(argv) ? argv.slice(1) : argv;
  const switches = switchesOf(words, platform).filter(
    (name) => !allowed.has(name) && !(byBrowser && ofBrowsers.has(name)),
  );
  const variables = refusedVariables.filter((name) => (environment[name] ?? '') !== '');
  return [
    ...commandIn(argv).map((name) => ({ kind: 'command', name }) as const),
    ...switches.map((name) => ({ kind: 'switch', name }) as const),
    ...variables.map((name) => ({ kind: 'variable', name }) as const),
  ];
}

// The Debian package's program bears the name of the side door, whose commands are in no package: `styrk doctor` would open a
// window and say nothing. What a desktop or a browser puts first is a link, a path or a switch, never a bare word.
function commandIn([first]: readonly string[]): readonly string[] {
  return first !== undefined && /^(?:[a-z]+|--help)$/.test(first) ? [first] : [];
}

// As Chromium reads them (base/command_line.cc): white space around a word goes (on Windows also U+0085 and U+180E, which \s does not
// hold), `--`, `-`, and on Windows `/` begin a switch, whose name ends at `=`. What stands
// after a bare `--` is none to Chromium; a product has no use for it, so it is read alike. So is a value: no folder's name
// begins like that, but on Windows with a drive's letter.
function switchesOf(argv: readonly string[], platform: string): readonly string[] {
  const begin = platform === 'win32' ? /^[\s\u0085\u180e]*(?:--?|\/)([^=]+)/ : /^\s*--?([^=]+)/;
  return argv.map((word) => begin.exec(word)?.[1]?.trim().toLowerCase() ?? null).filter((name) => name !== null);
}
