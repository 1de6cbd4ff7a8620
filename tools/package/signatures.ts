import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenedPackage } from './open-package.ts';
import type { Finding } from './rules.ts';

/** Who signed the program: nothing where it is signed, else what is wrong. A Debian package is signed by its archive. */
export function signatureFindings({ platform, program, resources }: OpenedPackage): readonly Finding[] {
  if (platform === 'linux') return [];
  if (platform === 'mac') {
    const sealed = existsSync(join(resources, '../_CodeSignature/CodeResources'));
    return sealed ? [] : [{ what: 'is not signed', where: 'the app' }];
  }
  if (!existsSync(program) || !hasCertificates(readFileSync(program)))
    return [{ what: 'is not signed', where: 'the program' }];
  const { error, status } = spawnSync('osslsigncode', ['verify', '-in', program], { stdio: 'ignore' });
  if (error !== undefined)
    return [{ what: 'its signature was not checked: osslsigncode is not there', where: 'the program' }];
  return status === 0
    ? []
    : [{ what: 'its signature is wrong, or its signer not believed here', where: 'the program' }];
}

/** Whether a program of Windows has a certificate table (Microsoft's PE format, data directory 4). */
export function hasCertificates(program: Buffer): boolean {
  if (program.length < 64) return false;
  const header = program.readUInt32LE(60);
  if (header + 24 + 2 > program.length || program.readUInt32BE(header) !== 0x50450000) return false;
  const optional = header + 24;
  const directories = optional + (program.readUInt16LE(optional) === 0x020b ? 112 : 96);
  const entry = directories + 4 * 8;
  return entry + 8 <= program.length && program.readUInt32LE(entry) > 0 && program.readUInt32LE(entry + 4) > 0;
}
