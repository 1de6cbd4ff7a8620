import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type SceneName, scenes } from './scenes.ts';
import { axeFindings, buildScenes, cutOff, openBrowser, openVariant, showScene } from './stage.ts';
import { variants } from './variants.ts';

/*
 * Pictures of every screen from fixed scenes, a folder for each way to look (`variants.ts`):
 * `npm run pictures -- [--out DIR] [--scene WORD].. [--variant WORD].. [--axe] [--no-build]`. A word chooses all whose name begins with
 * it. What is cut off, what the page complained of and (`--axe`) what axe-core finds is told; a screen that does not come ends with 1.
 */

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out/pictures' },
    scene: { type: 'string', multiple: true, default: [''] },
    variant: { type: 'string', multiple: true, default: [''] },
    chromium: { type: 'string' },
    axe: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});

const among = (words: readonly string[], name: string): boolean => words.some((word) => name.startsWith(word));
const names = (Object.keys(scenes) as SceneName[]).filter((name) => among(values.scene, name));
const ways = variants.filter(({ name }) => among(values.variant, name));
if (names.length === 0 || ways.length === 0) throw new RangeError('no scene or no way to look of that name');

if (!values['no-build']) await buildScenes();
const browser = await openBrowser(values.chromium);
let taken = 0;
try {
  for (const variant of ways) {
    const folder = join(values.out, variant.name);
    await mkdir(folder, { recursive: true });
    const context = await openVariant(browser, variant);
    for (const scene of names) {
      const failed = await showScene(context, scene, variant, async ({ name, page, complaints }) => {
        const found = values.axe ? await axeFindings(page) : [];
        const cut = await cutOff(page);
        for (const [what, lines] of Object.entries({ complains: complaints, 'is cut': cut, axe: found }))
          for (const line of lines) process.stdout.write(`${variant.name} ${name} ${what}: ${line}\n`);
        await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
        taken += 1;
      });
      for (const line of failed) process.stdout.write(`${variant.name} did not come: ${line}\n`);
      if (failed.length > 0) process.exitCode = 1;
    }
    await context.close();
  }
} finally {
  await browser.close();
}
process.stdout.write(`${taken} pictures in ${values.out}\n`);
