import { Failure } from '../result/failure.ts';

/**
 * Why a PC/SC binding cannot be loaded, from what its loading threw. `reader.binding-abi` with `built` and `running` (the
 * NODE_MODULE_VERSION numbers, null where the system did not say) for a binary of another ABI; else
 * `reader.binding-missing` with `reason`: `not-installed`, `not-built`, `system-library` (with its name) or `unknown`. A failure stays what it is.
 */
export function bindingFailure(packageName: string, thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const text = thrown instanceof Error ? thrown.message : '';
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  const versions = [...text.matchAll(/NODE_MODULE_VERSION (\d+)/g)].map(([, version]) => Number(version));
  if (
    versions.length > 0 ||
    /did not self-register|invalid ELF header|not a valid Win32|wrong architecture/i.test(text)
  ) {
    const [built = null, running = null] = versions;
    return new Failure('reader.binding-abi', { package: packageName, built, running }, thrown);
  }
  const missing = (reason: string, library: string | null = null): Failure =>
    new Failure('reader.binding-missing', { package: packageName, reason, library }, thrown);
  const library = /(lib[\w.+-]+\.(?:so|dylib)[\w.]*): cannot open shared object/i.exec(text)?.[1];
  if (library !== undefined) return missing('system-library', library);
  if (/Could not locate the bindings file/.test(text)) return missing('not-built');
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND' || /Cannot find (?:module|package)/.test(text)) {
    return missing('not-installed');
  }
  return missing('unknown');
}
