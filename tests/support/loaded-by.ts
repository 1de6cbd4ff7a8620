import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** What is imported at the start. `import type` is gone before anything runs; an import of single types stays one (verbatimModuleSyntax). */
export const importAtStart = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
/** What is imported when something asks for it. */
export const importLater = /\bimport\('([^']+)'[,)]/g;

function specifiersOf(source: string, patterns: readonly RegExp[]): readonly string[] {
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, specifier = '']) => specifier));
}

function fileOf(from: string, specifier: string): string | null {
  const path = resolve(dirname(from), specifier.replace(/\?.*$/, ''));
  return (
    ['', '.ts', '.tsx']
      .map((ending) => path + ending)
      .find((file) => /\.(tsx?|json)$/.test(file) && existsSync(file)) ?? null
  );
}

/** Everything that a file loads, by itself or by what it imports: packages by name, files by their path. */
export function loadedBy(entry: string, patterns: readonly RegExp[]): ReadonlySet<string> {
  const loaded = new Set<string>();
  const visit = (file: string): void => {
    const name = relative(root, file).replaceAll('\\', '/');
    if (loaded.has(name)) return;
    loaded.add(name);
    if (file.endsWith('.json')) return;
    for (const specifier of specifiersOf(readFileSync(file, 'utf8'), patterns)) {
      const next = specifier.startsWith('.') ? fileOf(file, specifier) : null;
      if (next !== null) visit(next);
      else if (!specifier.startsWith('.')) loaded.add(specifier);
    }
  };
  visit(join(root, entry));
  return loaded;
}
