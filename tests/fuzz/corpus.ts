import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, 'corpus');

/** What is kept of earlier runs: inputs that reached something new, and everything that was ever found. Made-up data only. */
export function keptInputs(target: string): readonly { readonly name: string; readonly input: Uint8Array }[] {
  const place = join(folder, target);
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .toSorted()
    .map((name) => ({ name, input: new Uint8Array(readFileSync(join(place, name))) }));
}

/** The targets for which something is kept. */
export function keptTargets(): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}

function nameOf(input: Uint8Array): string {
  return createHash('sha256').update(input).digest('hex').slice(0, 12);
}

/** Keeps an input in the corpus. */
export function keep(target: string, input: Uint8Array): void {
  mkdirSync(join(folder, target), { recursive: true });
  writeFileSync(join(folder, target, nameOf(input)), input);
}

/** Writes a finding to a folder of its own; answers with its path. */
export function writeFinding(place: string, target: string, input: Uint8Array): string {
  mkdirSync(place, { recursive: true });
  const path = join(place, `${target}-${nameOf(input)}`);
  writeFileSync(path, input);
  return path;
}
