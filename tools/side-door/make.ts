import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { bundlesOf, digestOf, keepList, stateOf } from './bundle.mjs';

/** The side door and the workers that it starts. */
const entries: Readonly<Record<string, string>> = {
  cli: 'main/cli.ts',
  'inspection-worker': 'main/inspection/worker.ts',
  'roster-worker': 'main/house/roster-worker.ts',
  'check-worker': 'main/house/check-worker.ts',
};
/** With native code, or with files beside it that it looks for. */
const asTheyLie = ['better-sqlite3', 'pcsc-mini', 'pcsclite', 'pg', 'pdfkit', 'fontkit'];
/** The one in force, and what commands that still run may load from. */
const bundlesKept = 3;
const sourceLines = join(import.meta.dirname, 'source-lines.cjs');

/** Makes a bundle of the sources of `root` and puts it in force. Rejects where it cannot. */
export async function makeBundle(root: string): Promise<void> {
  const bundles = bundlesOf(root);
  // Open to whoever may read the sources, as they are: not a folder for temporary files, which is its maker's alone.
  const half = join(bundles, `.half-${process.pid}`);
  mkdirSync(half, { recursive: true });
  try {
    const read = await bundled(root, half);
    const files = [...read].sort().map((path) => ({ path, state: stateOf(path), digest: digestOf(path) }));
    const folder = basename(half).replace('.half-', `${Date.now()}-`);
    renameSync(half, join(bundles, folder));
    keepList(bundles, { root, folder, files });
    removeOld(bundles, folder);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

/** Writes the bundle and answers which files it was made of. */
async function bundled(root: string, folder: string): Promise<ReadonlySet<string>> {
  const read = new Set(
    [
      join(root, 'package-lock.json'),
      join(root, 'tools/side-door/make.ts'),
      join(root, 'tools/side-door/source-lines.cjs'),
    ].filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined),
  );
  const gathered = gather(root);
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)]));
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    publicDir: false,
    plugins: [places(root), languagesLater(root), gathered.plugin, listed(read)],
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rollupOptions: {
        input,
        // `.mjs`: beside these files no package.json says what they are, and finding out means parsing them twice.
        output: {
          format: 'es',
          entryFileNames: '[name].mjs',
          chunkFileNames: '[name]-[hash].mjs',
          sourcemapExcludeSources: true,
          // The text of what is loaded stays in memory: without comments and spaces it is half as long. Names stay.
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
          codeSplitting: { groups: gathered.groups, includeDependenciesRecursively: false },
          banner: ({ isEntry }) => (isEntry ? linesOfSources : ''),
        },
      },
    },
    ssr: { target: 'node', noExternal: true, external: asTheyLie },
  });
  return read;
}

// Loaded where a stack is looked at, which in most processes none is.
const linesOfSources = `Error.prepareStackTrace = (error, sites) =>
  process.getBuiltinModule('node:module').createRequire(import.meta.url)(${JSON.stringify(sourceLines)}).stackOf(error, sites);`;

/** A module asks where it lies to find what lies beside it: that is still beside the source, but for the workers, which are bundled. */
function places(root: string): Plugin {
  const workers = new Map(Object.entries(entries).map(([name, path]) => [join(root, path), name]));
  return {
    name: 'places',
    enforce: 'pre',
    transform(code, id) {
      if (!code.includes('import.meta.url') || id.includes('/node_modules/')) return null;
      const own = JSON.stringify(pathToFileURL(id).href);
      const itself = workers.get(id);
      const parts = code.split(/(new URL\('[^']+', import\.meta\.url\)|new URL\(import\.meta\.url\))/);
      const text = parts.map((part, at) => {
        if (at % 2 === 0) return part.replaceAll('import.meta.url', own);
        const beside = /'([^']+)'/.exec(part)?.[1];
        const name = beside === undefined ? itself : workers.get(resolve(dirname(id), beside));
        return name === undefined ? part.replace('import.meta.url', own) : `new URL('./${name}.mjs', import.meta.url)`;
      });
      return { code: text.join(''), map: null };
    },
  };
}

/** The texts of a language are read once a word of it is asked for: a command speaks one of five. */
function languagesLater(root: string): Plugin {
  const file = /\/resources\/(?:texts|failures)\/[a-z]{2}\.json$/;
  return {
    name: 'languages-later',
    enforce: 'pre',
    load(id) {
      if (!id.startsWith(root) || !file.test(id)) return null;
      const code = `import { readFileSync } from 'node:fs';
let read = null;
const whole = () => (read ??= JSON.parse(readFileSync(${JSON.stringify(id)}, 'utf8')));
export default new Proxy({}, {
  get: (_target, name) => whole()[name],
  has: (_target, name) => name in whole(),
  ownKeys: () => Reflect.ownKeys(whole()),
  getOwnPropertyDescriptor: (_target, name) => Reflect.getOwnPropertyDescriptor(whole(), name),
});`;
      return { code, moduleType: 'js' };
    },
  };
}

/**
 * What most commands read comes in few files: left to itself the bundler makes one for every combination of commands that share
 * something, and finding a file takes longer than reading it.
 */
function gather(root: string): {
  readonly plugin: Plugin;
  readonly groups: { name: string; test: (id: string) => boolean; priority: number }[];
} {
  const sets = {
    base: new Set<string>(),
    start: new Set<string>(),
    reading: new Set<string>(),
    house: new Set<string>(),
  };
  const plugin: Plugin = {
    name: 'gathered',
    buildEnd() {
      const below = (path: string): Set<string> => {
        const found = new Set<string>();
        const todo = [join(root, path)];
        for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
          if (found.has(id)) continue;
          found.add(id);
          todo.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
        return found;
      };
      const but = (ids: Set<string>, out: (id: string) => boolean) => new Set([...ids].filter((id) => !out(id)));
      const start = below('main/cli.ts');
      const worker = below('main/inspection/worker.ts');
      sets.base = but(start, (id) => !worker.has(id));
      sets.start = but(start, (id) => worker.has(id));
      sets.reading = but(worker, (id) => start.has(id));
      sets.house = but(below('main/commands/folder-of-call.ts'), (id) => start.has(id) || worker.has(id));
      // An entry is no part of another's file: it would run with it.
      for (const set of Object.values(sets)) for (const entry of Object.values(entries)) set.delete(join(root, entry));
    },
  };
  const names = ['base', 'start', 'reading', 'house'] as const;
  const groups = names.map((name, at) => ({
    name,
    test: (id: string) => sets[name].has(id),
    priority: names.length - at,
  }));
  return { plugin, groups };
}

function listed(read: Set<string>): Plugin {
  return {
    name: 'listed',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk')
          for (const id of chunk.moduleIds)
            if (id.startsWith('/') || /^[A-Za-z]:/.test(id)) read.add(id.split('?')[0] ?? id);
    },
  };
}

function removeOld(bundles: string, inForce: string): void {
  const folders = readdirSync(bundles).filter((name) => /^\d+-/.test(name) && name !== inForce);
  const old = folders
    .sort()
    .toReversed()
    .slice(bundlesKept - 1);
  // What a process that was ended left half made.
  const halves = readdirSync(bundles).filter((name) => name.startsWith('.half-'));
  for (const name of [...old, ...halves]) rmSync(join(bundles, name), { recursive: true, force: true });
}
