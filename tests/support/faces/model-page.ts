import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { pageFile } from '../../../main/station/page-files.ts';
import type { Look } from '../../../renderer/face-model/model-messages.ts';

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
 * A photograph of a living person whose rights are clear: Eileen Collins, by NASA, in the public domain (Debian's `python3-skimage` brings
 * it, `skimage/data/astronaut.png`); cut out, and coded anew.
 */
export const photograph = resolve(import.meta.dirname, 'astronaut.jpg');

/** A picture laid into another: where its upper left corner lies, how high it is, and degrees by which it is turned around its middle. */
export interface Laid {
  readonly file: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly turn?: number;
}

/** A picture that is made up for one question. `filter` is one of CSS: what light and lens do to all of it. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly wall?: string;
  readonly filter?: string;
  readonly laid: readonly Laid[];
}

/** The built worker of the product in Chromium, with the product's own headers, on an empty page. */
export interface ModelPage {
  /** What the worker finds in a scene, in the scene's own pixels, and how long it took; null where it failed. */
  look(scene: Scene): Promise<{ readonly look: Look | null; readonly millis: number }>;
  /** Every address that anything in it asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Needs what `electron-vite build` makes. */
export async function openModelPage(): Promise<ModelPage> {
  const script = readdirSync(resolve(folder, 'assets')).find((name) => name.startsWith('face-model-worker-'));
  if (script === undefined) throw new Error('the app is not built');
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
  await page.evaluate((address) => {
    const types = globalThis as unknown as {
      trustedTypes: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } };
      model: Worker;
    };
    const policy = types.trustedTypes.createPolicy('styrk', { createScriptURL: (url: string) => url });
    types.model = new Worker(policy.createScriptURL(address), { type: 'module' });
  }, `${origin}/assets/${script}`);
  return {
    asked,
    look: ({ laid, ...scene }) =>
      page.evaluate(
        async ({ parts, width, height, wall, filter }) => {
          const canvas = new OffscreenCanvas(width, height);
          const context = canvas.getContext('2d');
          if (context === null) throw new Error('no canvas');
          context.filter = filter ?? 'none';
          context.fillStyle = wall ?? '#9aa0a6';
          context.fillRect(0, 0, width, height);
          for (const { bytes, x, y, height: high, turn = 0 } of parts) {
            const binary = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
            const picture = await createImageBitmap(new Blob([binary], { type: 'image/jpeg' }));
            const wide = (high * picture.width) / picture.height;
            context.save();
            context.translate(x + wide / 2, y + high / 2);
            context.rotate((turn * Math.PI) / 180);
            context.drawImage(picture, -wide / 2, -high / 2, wide, high);
            context.restore();
          }
          // As the page gives it: `renderer/face-model/model-worker.ts`.
          const scale = Math.min(1, 640 / Math.max(width, height));
          const picture = await createImageBitmap(canvas, {
            resizeWidth: Math.max(1, Math.round(width * scale)),
            resizeHeight: Math.max(1, Math.round(height * scale)),
            resizeQuality: 'medium',
          });
          const { model } = globalThis as unknown as { model: Worker };
          const begun = performance.now();
          const look = await new Promise<Look | null>((answered) => {
            model.addEventListener('message', ({ data }) => answered(data), { once: true });
            model.postMessage({ kind: 'look', picture }, [picture]);
          });
          const millis = performance.now() - begun;
          if (look === null) return { look, millis };
          const large = ({ x, y }: { x: number; y: number }) => ({ x: x / scale, y: y / scale });
          const faces = look.faces.map((face) => ({
            ...face,
            eyes: { right: large(face.eyes.right), left: large(face.eyes.left) },
            box: { ...large(face.box), width: face.box.width / scale, height: face.box.height / scale },
          }));
          return { look: { ...look, faces }, millis };
        },
        {
          ...scene,
          parts: laid.map(({ file, ...rest }) => ({ ...rest, bytes: readFileSync(file).toString('base64') })),
        },
      ),
    close: () => browser.close(),
  };
}
