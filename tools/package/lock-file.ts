import { readFileSync } from 'node:fs';

/** One package of `package-lock.json` (lockfileVersion 3), as far as it is used here. */
export interface LockedPackage {
  /** Where it lies: `node_modules/a/node_modules/b`. */
  readonly place: string;
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the package's archive, null where the lock file has none. */
  readonly integrity: string | null;
  readonly licence: string | null;
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc: readonly string[];
  readonly dependencies: readonly string[];
}

interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Every package of a lock file but the project itself, in the file's order. */
export function lockedPackages(file: string): readonly LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Readonly<Record<string, LockEntry>> };
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, entry]) => ({
      place,
      entry,
      name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
    }))
    .map(({ place, entry, name }) => ({
      place,
      name,
      version: entry.version ?? '',
      integrity: entry.integrity ?? null,
      licence: entry.license ?? null,
      os: entry.os ?? [],
      cpu: entry.cpu ?? [],
      libc: entry.libc ?? [],
      dependencies: Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }),
    }));
}

/** For which machine a package is made, by Node's names; `libc` matters on Linux alone. */
export interface MachineKind {
  readonly os: string;
  readonly cpu: string;
  readonly libc: string | null;
}

/** Whether npm would install the package there (`os`, `cpu` and `libc` of its package.json). */
export function servesMachine(part: LockedPackage, machine: MachineKind): boolean {
  const serves = (listed: readonly string[], own: string | null): boolean =>
    listed.length === 0 || own === null || listed.includes(own);
  return serves(part.os, machine.os) && serves(part.cpu, machine.cpu) && serves(part.libc, machine.libc);
}

/** The packages named and all that they need, each found as Node would find it from the place that needs it. */
export function closureOf(
  all: readonly LockedPackage[],
  names: readonly string[],
  machine: MachineKind,
): readonly LockedPackage[] {
  const byPlace = new Map(all.map((part) => [part.place, part]));
  const found = new Map<string, LockedPackage>();
  const take = (name: string, from: string): void => {
    const part = resolved(byPlace, name, from);
    if (part === null || found.has(part.place) || !servesMachine(part, machine)) return;
    found.set(part.place, part);
    for (const needed of part.dependencies) take(needed, part.place);
  };
  for (const name of names) take(name, '');
  return [...found.values()].sort((one, other) => (one.place < other.place ? -1 : 1));
}

function resolved(byPlace: ReadonlyMap<string, LockedPackage>, name: string, from: string): LockedPackage | null {
  for (let at: string | null = from; at !== null; at = above(at)) {
    const part = byPlace.get(`${at === '' ? '' : `${at}/`}node_modules/${name}`);
    if (part !== undefined) return part;
  }
  return null;
}

function above(place: string): string | null {
  if (place === '') return null;
  const end = place.lastIndexOf('/node_modules/');
  return end === -1 ? '' : place.slice(0, end);
}
