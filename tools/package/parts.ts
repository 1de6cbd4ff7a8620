import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenceOf } from './licences.ts';
import { closureOf, type LockedPackage, lockedPackages, type MachineKind } from './lock-file.ts';

interface ProjectFile {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The parts of the product for one kind of machine. */
export interface ProductParts {
  readonly project: { readonly name: string; readonly version: string };
  /** Packages that lie in the product as such. */
  readonly packages: readonly LockedPackage[];
  /** Packages that the page was bundled from, and the runtime. */
  readonly bundled: readonly LockedPackage[];
}

// Headers that better-sqlite3 names as a dependency, for those who compile it.
const onlyToCompile = new Set(['node-addon-api']);

/**
 * Reads the parts from the lock file alone: nothing is asked of a registry. `used` are the packages that the app's built code
 * imports: an edition without training needs fewer; null takes every dependency of the project.
 */
export function productParts(
  root: string,
  machine: MachineKind,
  used: ReadonlySet<string> | null = null,
): ProductParts {
  const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as ProjectFile;
  const all = lockedPackages(join(root, 'package-lock.json'));
  const wanted = Object.keys(project.dependencies).filter((name) => used === null || used.has(name));
  const packages = closureOf(all, wanted, machine).filter(({ name }) => !onlyToCompile.has(name));
  const imported = importedNames(join(root, 'renderer')).filter((name) => name in project.devDependencies);
  const page = closureOf(all, imported, machine).filter(({ name }) => !name.startsWith('@types/'));
  const runtime = all.filter(({ name }) => name === 'electron');
  const own = new Set(packages.map(({ place }) => place));
  return {
    project: { name: project.name, version: project.version },
    packages,
    bundled: [...page, ...runtime].filter(({ place }) => !own.has(place)),
  };
}

/** The packages that the sources under a folder import, by name. */
export function importedNames(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(tsx?|css|html)$/.test(file) && !/\.test\.tsx?$/.test(file),
  );
  return [...importedIn(paths.map((file) => readFileSync(join(folder, file), 'utf8')))].sort();
}

/** The packages that code imports, by name. */
export function importedIn(texts: readonly string[]): ReadonlySet<string> {
  const imports = /(?:\bfrom|\bimport|\brequire|@import)\s*\(?\s*['"`]((?:@[\w.-]+\/)?[\w-][\w.-]*)/g;
  return new Set(texts.flatMap((text) => [...text.matchAll(imports)].map(([, name]) => name ?? '')));
}

/**
 * The list of parts in CycloneDX 1.6 (ECMA-424). It says nothing of the day or the machine that it was made on, so that the
 * same sources give the same bytes.
 */
export function cycloneDx({ project, packages, bundled }: ProductParts): string {
  const component = (part: LockedPackage) => ({
    type: part.name === 'electron' ? 'framework' : 'library',
    'bom-ref': purl(part),
    name: part.name,
    version: part.version,
    purl: purl(part),
    ...(part.integrity === null ? {} : { hashes: [hashOf(part.integrity)] }),
    licenses: [licenceIn(part)],
  });
  const components = [...packages, ...bundled].map(component);
  components.sort((one, other) => (one.purl < other.purl ? -1 : 1));
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: project.name, version: project.version } },
    components,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function licenceIn(part: LockedPackage) {
  const licence = licenceOf(part);
  return licence === null ? { license: { name: 'unknown' } } : { expression: licence };
}

function purl({ name, version }: LockedPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

// The lock file's digest is base64 of the algorithm that stands before it (SRI); CycloneDX wants hexadecimal.
function hashOf(integrity: string): { readonly alg: string; readonly content: string } {
  const [algorithm = '', digest = ''] = integrity.split('-', 2);
  return { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') };
}
