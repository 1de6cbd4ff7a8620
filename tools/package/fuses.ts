/*
 * Electron's fuses as they stand in a binary (FuseV1): a known text, the version of the wire, how many there are, and one
 * character for each: `0` off, `1` on, `r` removed.
 */

export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

export const fuseNames = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
  'WasmTrapHandlers',
] as const;

export type FuseName = (typeof fuseNames)[number];
export type FuseState = 'off' | 'on' | 'removed' | 'unknown';

/** What a product must have. A fuse that is not named here is left as Electron ships it. */
export const wantedFuses: Partial<Readonly<Record<FuseName, FuseState>>> = {
  RunAsNode: 'off',
  EnableCookieEncryption: 'on',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  EnableEmbeddedAsarIntegrityValidation: 'on',
  OnlyLoadAppFromAsar: 'on',
  LoadBrowserProcessSpecificV8Snapshot: 'off',
  GrantFileProtocolExtraPrivileges: 'off',
};

const states: Readonly<Record<string, FuseState>> = { '0': 'off', '1': 'on', r: 'removed' };

/** The fuses of a binary, once for each wire (a universal one has two); empty where there is none. */
export function readFuses(binary: Uint8Array): readonly Partial<Readonly<Record<FuseName, FuseState>>>[] {
  const bytes = Buffer.from(binary.buffer, binary.byteOffset, binary.byteLength);
  const wires: Partial<Record<FuseName, FuseState>>[] = [];
  for (
    let at = bytes.indexOf(fuseSentinel, 0, 'latin1');
    at !== -1;
    at = bytes.indexOf(fuseSentinel, at + 1, 'latin1')
  ) {
    const start = at + fuseSentinel.length;
    const count = bytes[start + 1] ?? 0;
    // Another version's order of fuses is not known: nothing is read into it.
    if (bytes[start] !== 1) {
      wires.push({});
      continue;
    }
    const found: Partial<Record<FuseName, FuseState>> = {};
    for (const [index, name] of fuseNames.entries()) {
      if (index >= count) break;
      found[name] = states[String.fromCharCode(bytes[start + 2 + index] ?? 0)] ?? 'unknown';
    }
    wires.push(found);
  }
  return wires;
}

/** The fuses of a binary that are not as they must be, in words; a binary without a wire is one finding. */
export function wrongFuses(binary: Uint8Array): readonly string[] {
  const wires = readFuses(binary);
  if (wires.length === 0) return ['no fuses were found'];
  return wires.flatMap((found) =>
    Object.entries(wantedFuses)
      .filter(([name, wanted]) => found[name as FuseName] !== wanted)
      .map(([name, wanted]) => `${name} is ${found[name as FuseName] ?? 'not there'}, must be ${wanted}`),
  );
}
