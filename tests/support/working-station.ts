import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { build } from 'vite';
import { type StationOrder, type StationWork, stationWorks } from './killed-station.ts';

const root = resolve(import.meta.dirname, '../..');
// With code for the machine, or files that they look for beside themselves.
const asInstalled = ['better-sqlite3', 'pcsc-mini', 'pdfkit', 'fontkit'];

/**
 * The station's process (`killed-station-process.ts`) put together as the app is built, in a folder that is there already: from its
 * sources it takes twice as long to start. Answers how to start one.
 */
export async function builtStation(folder: string): Promise<() => WorkingStation> {
  const [outDir, codeFolder] = [join(folder, 'built'), join(folder, 'code')];
  mkdirSync(codeFolder);
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    ssr: { noExternal: true, external: asInstalled },
    build: {
      ssr: join(import.meta.dirname, 'killed-station-process.ts'),
      outDir,
      target: 'node24',
      minify: false,
      rollupOptions: { output: { format: 'es', entryFileNames: 'station.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const start = () => new WorkingStation(join(outDir, 'station.mjs'), codeFolder);
  await start().endUnasked();
  return start;
}

/** A station that works until it is killed. */
export class WorkingStation {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly lines: { readonly line: string; readonly at: number }[] = [];
  #rest = '';
  #errors = '';
  #wake = (): void => undefined;
  #over = false;
  readonly #ended: Promise<unknown>;

  /** `codeFolder` is where the runtime keeps its code translated. */
  constructor(file: string, codeFolder: string) {
    const env = { ...process.env, NODE_COMPILE_CACHE: codeFolder };
    this.#child = spawn(process.execPath, [file], { stdio: 'pipe', env });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${this.#rest}${text}`.split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.lines.push({ line, at: performance.now() });
      this.#wake();
    });
    this.#ended = once(this.#child, 'close').then(() => {
      this.#over = true;
      this.#wake();
    });
  }

  /** Resolves once it has told the line so many times. */
  async heard(wanted: string, times: number): Promise<void> {
    while (this.lines.filter(({ line }) => line === wanted).length < times) {
      if (this.#over) throw new Error(`the station ended by itself: ${this.#errors}`);
      await new Promise<void>((resolveWait) => {
        this.#wake = resolveWait;
      });
    }
  }

  /** Opens its folder as soon as it is loaded. */
  open(order: Omit<StationOrder, 'root'>): void {
    const all: StationOrder = { root, ...order };
    this.#child.stdin.write(`${JSON.stringify(all)}\n`);
  }

  /** Begins to work once its folder is open. */
  async work(): Promise<void> {
    await this.heard('open', 1);
    this.#child.stdin.end('\n');
  }

  /** Throws where it had ended by itself. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
    if (this.#child.signalCode !== 'SIGKILL') throw new Error(`the station ended by itself: ${this.#errors}`);
  }

  /** Lets one that was given nothing to do end. */
  async endUnasked(): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
    if (this.#child.exitCode !== 0) throw new Error(`the station did not start: ${this.#errors}`);
  }

  /** What it told last that it was doing, if it did not tell that it was done. */
  get cutOff(): StationWork | null {
    const last = /^doing (\w+)$/.exec(this.lines.at(-1)?.line ?? '')?.[1];
    return stationWorks.find((work) => work === last) ?? null;
  }

  /** The longest time, in milliseconds, that a work of this kind took. */
  longest(work: StationWork): number {
    const spans = this.lines.flatMap(({ line, at }, index) => {
      const next = this.lines[index + 1];
      return line === `doing ${work}` && next !== undefined ? [next.at - at] : [];
    });
    return Math.max(...spans);
  }
}
