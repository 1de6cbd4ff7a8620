import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { pageFile } from '../../../main/station/page-files.ts';
import type { FoundFace, Point } from '../../../renderer/face-model/face-finder.ts';
import type { Compared, Look } from '../../../renderer/face-model/model-messages.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = resolve(root, 'out/renderer');
const origin = 'https://app.styrk.invalid';

const portraits = resolve(root, 'resources/specimens/portraits');

/** The drawn portraits of the specimens, by name. */
export const drawnNames: readonly string[] = readdirSync(portraits)
  .filter((file) => file.endsWith('.jpg') && file !== 'signature.jpg')
  .map((file) => file.slice(0, -'.jpg'.length));

/** The file of a drawn portrait. */
export const drawnPortrait = (name: string): string => resolve(portraits, `${name}.jpg`);

/**
 * A picture laid into another: where its upper left corner lies, how high it is, degrees by which it is turned around its middle, and degrees
 * by which its head is turned: what looks out moves to the picture's right, as of who turns to their own left.
 */
export interface Laid {
  readonly file: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly turn?: number;
  readonly head?: number;
}

/** A picture that is made up for one question. `filter` is one of CSS: what light and lens do to all of it. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly wall?: string;
  readonly filter?: string;
  readonly laid: readonly Laid[];
}

interface SceneLook {
  readonly look: Look | null;
  readonly millis: number;
}

/** The built worker of the product in Chromium, with the product's own headers, on an empty page. */
export interface ModelPage {
  /** What the worker finds in a scene, in the scene's own pixels, and how long it took; null where it failed. */
  look(scene: Scene): Promise<SceneLook>;
  /** The same of the next picture of a film; with `begins` it is the first of another. */
  film(scene: Scene, begins?: boolean): Promise<SceneLook>;
  /** Draws a scene as for a question, and asks nothing. */
  draw(scene: Scene): Promise<void>;
  /** How alike it finds the faces of two scenes, in thousandths, and how long that took. */
  compare(portrait: Scene, still: Scene): Promise<{ readonly likeness: number | null; readonly millis: number }>;
  /** Milliseconds from the start of another worker to its first answer: the model is loaded in between. */
  firstLook(scene: Scene): Promise<number>;
  /** Milliseconds in which the product's decoder gives a portrait of these bytes, its worker started before as by `prepareDecoder`. */
  decode(jpeg: Uint8Array, size: { readonly width: number; readonly height: number }): Promise<number>;
  /** Bytes of memory that the page's process holds now. */
  memory(): Promise<number>;
  /** Milliseconds that the page's process has computed until now, on all its threads. */
  computed(): Promise<number>;
  /** Every address that anything in it asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** `begin` and `film`: the first picture of a film, and another. */
type Kind = 'look' | 'begin' | 'film' | 'compare';

interface SentScene extends Omit<Scene, 'laid'> {
  readonly parts: readonly (Omit<Laid, 'file'> & { readonly bytes: string })[];
}

function sentOf({ laid, ...scene }: Scene): SentScene {
  return {
    ...scene,
    parts: laid.map(({ file, ...rest }) => ({ ...rest, bytes: readFileSync(file).toString('base64') })),
  };
}

function enlarged(face: FoundFace, times: number): FoundFace {
  const large = ({ x, y }: Point) => ({ x: x * times, y: y * times });
  const { eyes, box } = face;
  return {
    ...face,
    eyes: { right: large(eyes.right), left: large(eyes.left) },
    box: { ...large(box), width: box.width * times, height: box.height * times },
  };
}

// Linux: what `/proc` says of a process, in kilobytes.
function residentBytes(process: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${process}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1_024;
}

/** Needs what `electron-vite build` makes. */
export async function openModelPage(): Promise<ModelPage> {
  const [script, decoder, bytes] = ['face-model-worker-', 'portrait-decoder-', 'model-bytes-worker-'].map((start) =>
    readdirSync(resolve(folder, 'assets')).find((name) => name.startsWith(start) && name.endsWith('.js')),
  );
  if (script === undefined || decoder === undefined || bytes === undefined) throw new Error('the app is not built');
  const browser = await chromium.launch({
    executablePath: process.env.STYRK_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const context = await browser.newContext();
  const asked: string[] = [];
  await context.route('**/*', async (route) => {
    const address = route.request().url();
    asked.push(address);
    const file = pageFile(folder, origin, address);
    if (file === null) return route.abort();
    const isPage = file.path.endsWith('.html');
    return route.fulfill({
      body: isPage ? '<!doctype html>' : await readFile(file.path),
      headers: { ...file.headers },
    });
  });
  const page = await context.newPage();
  await page.goto(`${origin}/index.html`);
  await page.evaluate(
    ([address, bytesAddress]) => {
      const types = globalThis as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } };
        start: (url: string) => Worker;
        startModel: (url: string) => Worker;
        answered: (model: Worker, answer: (data: unknown) => void) => void;
        model: Worker;
      };
      const policy = types.trustedTypes.createPolicy('styrk', { createScriptURL: (url: string) => url });
      types.start = (url) => new Worker(policy.createScriptURL(url), { type: 'module' });
      // As `renderer/face-model/file-worker.ts` does it.
      types.startModel = (url) => {
        const model = types.start(url);
        let files: Worker | null = null;
        model.addEventListener('message', ({ data }) => {
          if (data?.filesDone === true) {
            files?.terminate();
            files = null;
          } else if (typeof data?.file === 'string') {
            if (files === null) {
              files = types.start(bytesAddress);
              files.addEventListener('message', ({ data: made }) => model.postMessage(made, [made.bytes.buffer]));
            }
            files.postMessage(data.file);
          }
        });
        return model;
      };
      types.answered = (model, answer) => {
        const left = new AbortController();
        const hear = ({ data }: MessageEvent) => {
          if (data !== null && ('file' in data || 'filesDone' in data)) return;
          left.abort();
          answer(data);
        };
        model.addEventListener('message', hear, { signal: left.signal });
      };
      types.model = types.startModel(address);
    },
    [`${origin}/assets/${script}`, `${origin}/assets/${bytes}`] as const,
  );
  // Draws a scene in the page, and hands it over as the page's own code does: `renderer/face-model/model-worker.ts`.
  await page.evaluate(() => {
    const taken = async ({ parts, width, height, wall, filter }: SentScene) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.filter = filter ?? 'none';
      context.fillStyle = wall ?? '#9aa0a6';
      context.fillRect(0, 0, width, height);
      for (const { bytes, x, y, height: high, turn = 0, head = 0 } of parts) {
        const binary = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([binary], { type: 'image/jpeg' }));
        const wide = (high * picture.width) / picture.height;
        context.save();
        context.translate(x + wide / 2, y + high / 2);
        context.rotate((turn * Math.PI) / 180);
        if (head === 0) context.drawImage(picture, -wide / 2, -high / 2, wide, high);
        else {
          // The head is a cylinder around the picture's middle, the rest stays as it is.
          const radius = 0.36 * picture.width;
          for (let column = 0; column < wide; column++) {
            const aside = ((column + 0.5) / wide - 0.5) * picture.width;
            const angle = Math.asin(Math.max(-1, Math.min(1, aside / radius))) - (head * Math.PI) / 180;
            const seen = Math.abs(angle) < Math.PI / 2 ? Math.sin(angle) : Math.sign(angle);
            const from = Math.abs(aside) < radius ? radius * seen : aside;
            const source = Math.max(0, Math.min(picture.width - 1, picture.width / 2 + from));
            context.drawImage(picture, source, 0, 1, picture.height, column - wide / 2, -high / 2, 1, high);
          }
        }
        context.restore();
      }
      const scale = Math.min(1, 640 / Math.max(width, height));
      return createImageBitmap(canvas, {
        resizeWidth: Math.max(1, Math.round(width * scale)),
        resizeHeight: Math.max(1, Math.round(height * scale)),
        resizeQuality: 'medium',
      });
    };
    const place = ({ width, height }: SentScene, begins: boolean) => ({
      begins,
      moment: { at: performance.now(), now: null, shown: null, stated: null, width, height },
    });
    const { model } = globalThis as unknown as { model: Worker };
    const { start, startModel, answered } = globalThis as unknown as {
      start: (url: string) => Worker;
      startModel: (url: string) => Worker;
      answered: (model: Worker, answer: (data: unknown) => void) => void;
    };
    Object.assign(globalThis, {
      draw: async (scene: SentScene) => (await taken(scene)).close(),
      first: async (address: string, scene: SentScene) => {
        const picture = await taken(scene);
        const begun = performance.now();
        const worker = startModel(address);
        await new Promise((answer) => {
          answered(worker, answer);
          worker.postMessage({ kind: 'look', pictures: [picture], film: place(scene, true) }, [picture]);
        });
        const millis = performance.now() - begun;
        worker.terminate();
        return millis;
      },
      decode: async (address: string, text: string, size: object) => {
        const image = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        const worker = start(address);
        // The chip is read meanwhile, which takes longer.
        await new Promise((read) => setTimeout(read, 1_000));
        const begun = performance.now();
        const picture = await new Promise((answered) => {
          worker.addEventListener('message', ({ data }) => answered(data), { once: true });
          worker.postMessage({ format: 'jpeg', image, ...size }, [image.buffer]);
        });
        const millis = performance.now() - begun;
        worker.terminate();
        if (picture === null) throw new Error('not decoded');
        return millis;
      },
      ask: async (kind: Kind, scenes: readonly SentScene[]) => {
        const pictures: ImageBitmap[] = [];
        for (const scene of scenes) pictures.push(await taken(scene));
        const times = (scenes[0]?.width ?? 1) / (pictures[0]?.width ?? 1);
        const begun = performance.now();
        const answer = await new Promise((told) => {
          answered(model, told);
          const [scene] = scenes;
          const film = kind === 'look' || scene === undefined ? null : place(scene, kind === 'begin');
          const question =
            kind === 'compare' ? { kind, pictures, quarters: [0, 0] } : { kind: 'look' as const, pictures, film };
          model.postMessage(question, pictures);
        });
        return { answer, times, millis: performance.now() - begun };
      },
    });
  });
  interface Asking {
    draw(scene: SentScene): Promise<void>;
    first(address: string, scene: SentScene): Promise<number>;
    decode(address: string, text: string, size: object): Promise<number>;
    ask(kind: string, scenes: readonly SentScene[]): Promise<{ answer: unknown; times: number; millis: number }>;
  }
  const ask = (kind: Kind, scenes: readonly Scene[]) =>
    page.evaluate(([what, sent]) => (globalThis as unknown as Asking).ask(what, sent), [
      kind,
      scenes.map(sentOf),
    ] as const);
  const looked = async (kind: Kind, scene: Scene): Promise<SceneLook> => {
    const { answer, times, millis } = await ask(kind, [scene]);
    const look = answer as Look | null;
    return { look: look === null ? null : { ...look, faces: look.faces.map((face) => enlarged(face, times)) }, millis };
  };
  const renderers = async () => {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.filter(({ type }) => type === 'renderer');
  };
  return {
    asked,
    look: (scene) => looked('look', scene),
    film: (scene, begins = false) => looked(begins ? 'begin' : 'film', scene),
    draw: (scene) => page.evaluate((sent) => (globalThis as unknown as Asking).draw(sent), sentOf(scene)),
    async compare(portrait, still) {
      const { answer, millis } = await ask('compare', [portrait, still]);
      return { likeness: (answer as Compared | null)?.likeness ?? null, millis };
    },
    firstLook: (scene) =>
      page.evaluate(([address, sent]) => (globalThis as unknown as Asking).first(address, sent), [
        `${origin}/assets/${script}`,
        sentOf(scene),
      ] as const),
    decode: (jpeg, size) =>
      page.evaluate(([address, text, stated]) => (globalThis as unknown as Asking).decode(address, text, stated), [
        `${origin}/assets/${decoder}`,
        Buffer.from(jpeg).toString('base64'),
        size,
      ] as const),
    memory: async () => Math.max(...(await renderers()).map(({ id }) => residentBytes(id))),
    computed: async () => 1_000 * Math.max(...(await renderers()).map(({ cpuTime }) => cpuTime)),
    close: () => browser.close(),
  };
}
