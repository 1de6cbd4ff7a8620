import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import faces from './faces.json' with { type: 'json' };

/*
 * `npm run lint`: the front rooms take values from the faces alone, and from single files that `faces.json` names with their
 * reason. Types may come from anywhere below: they are gone when the code runs. What is left of a file when Node takes the
 * types out is what it imports, so that is what is looked at; a word in a comment that looks like an import is refused too.
 * With an argument another root than this project's is looked through.
 */

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '../..'));
const main = join(root, 'main');

const asked = new Set<string>();
const refusals: readonly string[] = faces.rooms.flatMap((room) => {
  const names = readdirSync(join(main, room), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).flatMap((name) => refusalsOf(join(main, room, name), room));
});
// What a face hands on by name would be as good as the room below it.
const handedOn: readonly string[] = Object.keys(faces.files).flatMap((file) =>
  /\bexport\s*(?:\*|\{[^}]*\})[^;]*\bfrom\b/.test(valuesOf(join(main, file)))
    ? [`main/${file}: what is admitted by name hands on nothing of other files`]
    : [],
);
// A permission that nobody uses is one that somebody will.
const unused: readonly string[] = Object.keys(faces.files)
  .filter((file) => !asked.has(file))
  .map((file) => `main/${file}: admitted by name, but nobody in front takes a value of it`);
const all = [...refusals, ...handedOn, ...unused];
for (const refusal of all) process.stderr.write(`${refusal}\n`);
if (all.length > 0) process.exitCode = 1;

function refusalsOf(file: string, room: string): readonly string[] {
  const source = valuesOf(file);
  const where = relative(root, file).replaceAll('\\', '/');
  const computed = /\bimport\s*\(\s*[^\s'"]/.test(source) ? [`${where}: an import whose file nobody can tell`] : [];
  const named = [...source.matchAll(/['"`](\.{1,2}\/[^'"`\n]*)['"`]/g)].map(([, specifier = '']) => specifier);
  const paths = named.map((specifier) => relative(main, resolve(dirname(file), specifier)).replaceAll('\\', '/'));
  for (const path of paths) asked.add(path);
  const refused = paths.filter((path) => !path.startsWith('..') && !isAdmitted(path, room));
  return [...computed, ...refused.map((path) => `${where}: a value of main/${path}; House and TrustKeeping are asked`)];
}

function isAdmitted(path: string, room: string): boolean {
  const [first = ''] = path.split('/');
  return first === room || faces.whole.includes(first) || path in faces.files;
}

function valuesOf(file: string): string {
  return stripTypeScriptTypes(readFileSync(file, 'utf8'));
}
