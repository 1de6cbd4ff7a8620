/** For which machine a file with machine code was made, by its first bytes. */
export interface MachineCode {
  readonly os: 'linux' | 'win32' | 'darwin';
  readonly cpu: string;
}

const elfMachines: Readonly<Record<number, string>> = { 3: 'ia32', 40: 'arm', 62: 'x64', 183: 'arm64' };
const peMachines: Readonly<Record<number, string>> = { 332: 'ia32', 34404: 'x64', 43620: 'arm64' };
const machOMachines: Readonly<Record<number, string>> = { 16777223: 'x64', 16777228: 'arm64' };

/** Null where the file is no program and no library: ELF, PE (Microsoft's), Mach-O, thin or universal. */
export function machineCodeOf(content: Uint8Array): MachineCode | null {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.length < 8) return null;
  const magic = bytes.readUInt32BE(0);
  if (magic === 0x7f454c46) {
    const cpu =
      bytes.length < 20 ? undefined : elfMachines[bytes[5] === 2 ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18)];
    return { os: 'linux', cpu: cpu ?? 'unknown' };
  }
  if (magic >>> 16 === 0x4d5a) {
    const header = bytes.length < 64 ? -1 : bytes.readUInt32LE(60);
    if (header < 0 || header + 6 > bytes.length || bytes.readUInt32BE(header) !== 0x50450000) return null;
    return { os: 'win32', cpu: peMachines[bytes.readUInt16LE(header + 4)] ?? 'unknown' };
  }
  if (magic === 0xcffaedfe || magic === 0xcefaedfe)
    return { os: 'darwin', cpu: machOMachines[bytes.readUInt32LE(4)] ?? 'unknown' };
  // A universal file; a Java class begins alike, with its version where the number of machines stands.
  if ((magic === 0xcafebabe || magic === 0xcafebabf) && bytes.readUInt32BE(4) < 20)
    return { os: 'darwin', cpu: 'universal' };
  return null;
}
