import { Failure } from '../result/failure.ts';

/*
 * Group policy writes what it sets into the registry of the machine, which Node cannot read: `reg.exe query` prints it. Its words
 * are in the language of Windows, what it prints of keys and values is not.
 */

// No path and no address has it.
const separator = '|';

/**
 * The values below a key of HKLM\SOFTWARE\Policies by name, texts and lists of texts; null where the key is not there. `query` runs
 * reg.exe. Fails with `settings.unusable`, as running it does.
 */
export function policyValues(
  query: (given: readonly string[]) => Uint8Array,
  key: string,
): Readonly<Record<string, string | readonly string[]>> | null {
  const parent = key.slice(0, key.lastIndexOf('\\'));
  const wanted = longKey(key);
  // A key that is not there and one that cannot be read end reg.exe alike: whether it is there its parent says.
  if (!lines(query(['query', parent]), key).some((line) => line.toLowerCase() === wanted.toLowerCase())) return null;
  const values: [string, string | readonly string[]][] = [];
  for (const line of lines(query(['query', key, '/se', separator]), key)) {
    if (line.toLowerCase() === wanted.toLowerCase()) continue;
    const [, name = '', kind = '', data = ''] = /^ {4}(.+?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/.exec(line) ?? [];
    if (kind === 'REG_SZ') values.push([settingName(name), data]);
    else if (kind === 'REG_MULTI_SZ')
      values.push([settingName(name), data.split(separator).filter((part) => part !== '')]);
    else throw unusable(key, name === '' ? 'not understood' : `the kind of ${name.slice(0, 40)}`);
  }
  const named = new Map(values);
  if (named.size !== values.length) throw unusable(key, 'a name twice');
  return Object.fromEntries(named);
}

// Policies are named as Windows names them: TrustPlaces is `trustPlaces`.
function settingName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function longKey(key: string): string {
  return key.replace(/^HKLM\\/, 'HKEY_LOCAL_MACHINE\\');
}

// The tool writes in the code page of the console, which nobody here knows: what all of them have alike is ASCII.
function lines(output: Uint8Array, key: string): readonly string[] {
  if (output.some((byte) => byte >= 0x80)) throw unusable(key, 'letters outside ASCII');
  return new TextDecoder()
    .decode(output)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
}

function unusable(path: string, reason: string): Failure {
  return new Failure('settings.unusable', { path, reason });
}
