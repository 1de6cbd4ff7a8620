import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, watch } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { startNode, temporaryFolder } from './side-door.ts';

/* A bank's developer who follows docs/integration.md §1: the lines that it has pasted, and a shell of their own. */

export const checkout = resolve(import.meta.dirname, '../..');
export const bankSamples = join(checkout, 'docs/samples/bank');
/** Certificates of the samples are made by it. */
export const hasOpenssl = (process.env.PATH ?? '').split(delimiter).some((place) => existsSync(join(place, 'openssl')));

// What asks would take the next line for the answer, and what goes on keeps it waiting: neither has a line behind it.
const keepsWaiting = /banks add|order serve|server\.mjs|npm start/;

/** The commands of a part of the section, each line whole and without its remark, but those of a folder that is no training one. */
export function pastedLines(part: 'firstWays' | 'otherWays'): readonly string[] {
  const document = readFileSync(join(checkout, 'docs/integration.md'), 'utf8');
  const [, firstWays = '', otherWays = ''] =
    /\n## 1 [^\n]*\n([\s\S]*?)\n### The other ways\n([\s\S]*?)\n## 2 /.exec(document) ?? [];
  // A fence opens or closes a block by its place alone: every second part is a block, with the language that it names before its lines.
  const blocks = { firstWays, otherWays }[part]
    .split(/^```/m)
    .filter((block, place) => place % 2 === 1 && block.startsWith('\n') && !block.includes('--passphrase-file'));
  return blocks.flatMap((block) => {
    const lines = block
      .trim()
      .replaceAll(/ \\\n\s*/g, ' ')
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, ''));
    expect(lines.slice(0, -1).filter((line) => keepsWaiting.test(line))).toEqual([]);
    return lines;
  });
}

/** A folder, and a shell in it where the words of the document mean this checkout. */
export function bankDeveloper() {
  const folder = temporaryFolder();
  const env = { XDG_DATA_HOME: join(folder, 'data') };
  const run = (line: string) => {
    const words = line
      .replaceAll('npm run -s styrk --', `node '${join(checkout, 'main/cli.ts')}'`)
      .replaceAll('docs/samples/bank', `'${bankSamples}'`)
      .replaceAll(/\bnode (?=['-])/g, `'${process.execPath}' `);
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', words], {
      cwd: folder,
      env: { ...process.env, ...env },
      input: 'yes\n',
      encoding: 'utf8',
    });
    return { line, status, stdout, stderr };
  };
  const done = (line: string): string => {
    const end = run(line);
    expect(end).toMatchObject({ status: 0 });
    return end.stdout;
  };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8').trim();
  return { folder, env, run, done, read };
}

/** Resolves once a file of that name lies in the folder. */
export async function thereIs(folder: string, name: string): Promise<void> {
  const { promise, resolve: there } = Promise.withResolvers<void>();
  const look = () => existsSync(join(folder, name)) && there();
  const watcher = watch(folder, look);
  onTestFinished(() => watcher.close());
  look();
  await promise;
}

/** The sample's server in that folder; `said` resolves with all that it has said once these words are among it. */
export function bankServer(folder: string, ...words: readonly string[]) {
  const server = startNode([join(bankSamples, 'server.mjs'), ...words], { cwd: folder });
  onTestFinished(() => void server.child.kill());
  return { said: (wanted: string) => server.printed((text) => text.includes(wanted)) };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

export const payloadOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
