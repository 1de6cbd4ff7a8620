import { createHash, createPrivateKey } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { appVersion } from '../../main/keeping/app-update/app-version.ts';
import { type AppUpdate, signedUpdate, updateKey, updateText } from '../../main/keeping/app-update/signed-update.ts';
import { formatVerifierKey, signNote, type VerifierKey, verifierKey } from '../../main/records/log/note-keys.ts';
import { readArchive } from './asar.ts';
import { openPackage } from './open-package.ts';

/** The bank's key for updates: its public half with its name, and what signs. */
export interface UpdateSigner extends Disposable {
  readonly key: VerifierKey;
  /** As `--update-key` of `npm run package` takes it. */
  readonly text: string;
  sign(update: AppUpdate): string;
}

/** The key in a file of PEM (PKCS #8, Ed25519: RFC 8410), under a name. Throws what Node throws for what is none. */
export function updateSigner(pem: string, name: string): UpdateSigner {
  const secret = createPrivateKey(pem);
  if (secret.asymmetricKeyType !== 'ed25519') throw new Error('the key is not an Ed25519 key');
  const { d = '', x = '' } = secret.export({ format: 'jwk' });
  const seed = new Uint8Array(Buffer.from(d, 'base64url'));
  const key = verifierKey(name, 'ed25519', new Uint8Array(Buffer.from(x, 'base64url')));
  return {
    key,
    text: formatVerifierKey(key),
    sign(update) {
      const text = updateText(update);
      return signedUpdate(text, [signNote(key, seed, text)]);
    },
    [Symbol.dispose]: () => void seed.fill(0),
  };
}

/** Version and edition of a package, by the description in the package itself. */
function packedApp(file: string): Pick<AppUpdate, 'version' | 'edition'> {
  const made: string[] = [];
  try {
    const { files } = readArchive(join(openPackage(file, (folder) => made.push(folder)).resources, 'app.asar'));
    const description = files.find(({ path }) => path === 'package.json')?.bytes;
    const { version, edition } = JSON.parse(new TextDecoder().decode(description ?? new Uint8Array())) as {
      readonly version?: unknown;
      readonly edition?: unknown;
    };
    const number = appVersion(String(version));
    if (number === null) throw new Error(`${basename(file)}: its version is none that can be compared: ${version}`);
    if (edition !== 'ordinary' && edition !== 'training') throw new Error(`${basename(file)}: it names no edition`);
    return { version: number, edition };
  } finally {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  }
}

/** What is to be signed of packages of one version. Throws where they are of several. */
export function updateOf(files: readonly string[]): AppUpdate {
  const [first, ...others] = files.map(packedApp);
  if (first === undefined) throw new Error('no package');
  const { version, edition } = first;
  if (others.some((other) => other.version.join() !== version.join() || other.edition !== edition))
    throw new Error('the packages are of several versions or editions');
  const lines = files.map((file) => {
    const bytes = readFileSync(file);
    return { name: basename(file), bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  return { version, edition, files: lines };
}

/** Whether these are keys that an installed app could prove updates by. */
export function areUpdateKeys(keys: unknown): boolean {
  try {
    return Array.isArray(keys) && keys.length > 0 && keys.every((key) => updateKey(String(key)) !== null);
  } catch {
    return false;
  }
}
