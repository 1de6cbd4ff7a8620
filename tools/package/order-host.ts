import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostManifest, hostName, packagedHost } from '../../main/answer/ways/host-manifest.ts';
import type { Platform } from './platforms.ts';
import type { Finding } from './rules.ts';

/*
 * What browsers start to hand orders over (native messaging), as a package brings it: a launcher in `resources/order-host`, and, where
 * whoever packs names the extensions of the bank, the manifest that tells browsers of it.
 */

const folderName = 'order-host';
const nodeNames = { linux: 'linux', win: 'win32', mac: 'darwin' } as const;
const manifestName = `${hostName}.json`;

/** Where the launcher lies once the package is installed in its usual place. On Windows it is beside the manifest. */
const installed = {
  linux: `/opt/Styrk/resources/${folderName}/`,
  mac: `/Applications/Styrk.app/Contents/Resources/${folderName}/`,
  win: '',
} as const;

/** Where browsers look for manifests that hold for every account of a Debian machine. */
const debianPlaces = [
  '/etc/opt/chrome/native-messaging-hosts',
  '/etc/chromium/native-messaging-hosts',
  '/etc/opt/edge/native-messaging-hosts',
] as const;

/** Writes launcher and manifest among what lies beside the archive. `extensions` are their ids; empty: no manifest. */
export function writeOrderHost(besides: string, { name: platform }: Platform, extensions: readonly string[]): void {
  const folder = join(besides, folderName);
  const { name, text } = packagedHost(nodeNames[platform]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
  if (extensions.length === 0) return;
  const origins = extensions.map((id) => `chrome-extension://${id}/`);
  writeFileSync(join(folder, manifestName), hostManifest(`${installed[platform]}${name}`, origins));
}

/** What electron-builder is told of it: lines of its configuration under `deb`, and what installer.nsh is to know. */
export function orderHostConfig(besides: string): { readonly deb: string; readonly nsis: string } {
  const manifest = join(besides, folderName, manifestName);
  if (!existsSync(manifest)) return { deb: '', nsis: '' };
  const places = debianPlaces.map((place) => `    - ${JSON.stringify(`${manifest}=${place}/${manifestName}`)}\n`);
  return { deb: `  fpm:\n${places.join('')}`, nsis: '!define STYRK_ORDER_HOST\n' };
}

/** A launcher that starts anything else, and a manifest that lets anybody else start it, are found. */
export function orderHostFindings(resources: string, { name: platform }: Platform): readonly Finding[] {
  const { name, text } = packagedHost(nodeNames[platform]);
  const launcher = join(resources, folderName, name);
  const where = `${folderName}/${name}`;
  if (!existsSync(launcher)) return [{ what: 'missing', where }];
  const findings: Finding[] = [];
  if (readFileSync(launcher, 'utf8') !== text) findings.push({ what: 'starts something else', where });
  const manifest = join(resources, folderName, manifestName);
  if (existsSync(manifest) && !isManifest(readFileSync(manifest, 'utf8'), `${installed[platform]}${name}`))
    findings.push({
      what: 'lets others than extensions by their ids start it',
      where: `${folderName}/${manifestName}`,
    });
  return findings;
}

function isManifest(text: string, program: string): boolean {
  try {
    return text === hostManifest(program, (JSON.parse(text) as { allowed_origins: readonly string[] }).allowed_origins);
  } catch {
    return false;
  }
}
