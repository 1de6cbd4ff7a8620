import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { pageFile } from '../../main/station/page-files.ts';
import { type SceneName, scenes } from './scenes.ts';

/*
 * Pictures of every screen from fixed scenes, served with the product's own headers:
 * `node tools/preview/take.ts --out DIR [--scene NAME].. [--size 1280x800] [--theme light|dark] [--language sv|en] [--text 130]`
 */

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out/pictures' },
    scene: { type: 'string', multiple: true },
    size: { type: 'string', default: '1280x800' },
    theme: { type: 'string', default: 'light' },
    language: { type: 'string', default: 'sv' },
    text: { type: 'string', default: '100' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    'no-build': { type: 'boolean', default: false },
  },
});

const folder = resolve(import.meta.dirname, '../../out/preview');
const origin = 'https://preview.styrk.invalid';

async function serve(context: BrowserContext): Promise<void> {
  await context.route(`${origin}/**`, async (route) => {
    const address = new URL(route.request().url());
    const file = pageFile(folder, origin, address.origin + address.pathname);
    if (file === null) return route.fulfill({ status: 404 });
    return route.fulfill({ body: await readFile(file.path), headers: { ...file.headers } });
  });
}

// What a scene needs done before its picture is taken; `name` is the picture's, where a scene has more than one.
const acts: Partial<Record<SceneName, readonly { name: string; act: (page: Page) => Promise<unknown> }[]>> = {
  'read-forged': [
    { name: 'read-forged', act: async () => undefined },
    {
      name: 'read-forged-arabic',
      act: async (page) => page.getByLabel(/Kundens språk|Customer’s language/).selectOption('ar'),
    },
  ],
  holder: [
    { name: 'holder', act: async () => undefined },
    {
      name: 'holder-found',
      act: async (page) => {
        await page.getByRole('textbox').fill('öberg');
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: /Göran/ }).waitFor();
      },
    },
    {
      name: 'holder-none',
      act: async (page) => {
        await page.getByRole('textbox').fill('xyz');
        await page.keyboard.press('Enter');
      },
    },
    {
      name: 'abandon',
      act: (page) => page.getByRole('button', { name: /Stäng utan beslut|Close without decision/ }).click(),
    },
  ],
  key: [
    {
      name: 'key',
      act: (page) => page.getByRole('textbox').fill('P<SWEOEBERG<LINDSTROEM<<AASA<MARIA<<<<<<<<<<\nXA00'),
    },
    {
      name: 'key-wrong',
      act: async (page) => {
        await page.getByRole('button', { name: /Fyll i|Fill in/ }).click();
        await page.keyboard.press('Tab');
        await page.getByRole('button', { name: /^(Gå vidare|Go on)$/ }).click();
      },
    },
    { name: 'key-fields', act: (page) => page.getByRole('button', { name: /datum|dates/ }).click() },
  ],
  'no-chip': [{ name: 'no-chip', act: (page) => page.getByText(/körkort|driving licence/).click() }],
  'order-none': [
    { name: 'order-none', act: async () => undefined },
    {
      name: 'order-offered',
      act: (page) => page.getByRole('button', { name: /Lägg till uppdrag|Add an order/ }).click(),
    },
    {
      name: 'order-typed',
      act: async (page) => {
        await page.getByRole('button', { name: /Lägg till uppdrag|Add an order/ }).click();
        await page.getByRole('button', { name: /Skriv in|Type it/ }).click();
        await page.getByRole('textbox').first().fill('Exempelbanken');
      },
    },
    {
      name: 'order-code',
      act: async (page) => {
        await page.getByRole('button', { name: /Lägg till uppdrag|Add an order/ }).click();
        await page.getByRole('button', { name: /Skanna|Scan/ }).click();
      },
    },
  ],
  face: [
    { name: 'face', act: () => new Promise((done) => setTimeout(done, 600)) },
    {
      name: 'face-overlay',
      act: async (page) => {
        await page.getByRole('button', { name: /Ta stillbild|Take still/ }).click();
        await page.getByRole('button', { name: /Lägg över|Lay over/ }).click();
        await page.getByRole('radio').nth(1).check();
      },
    },
  ],
  'face-jpeg2000': [
    {
      name: 'face-jpeg2000',
      act: (page) =>
        page
          .getByRole('img', { name: /Fotot|Photo/ })
          .nth(1)
          .waitFor(),
    },
  ],
  accept: [
    { name: 'accept', act: async () => undefined },
    {
      name: 'sealed',
      act: (page) => page.getByRole('button', { name: /Godkänn och avsluta|Approve and finish/ }).click(),
    },
  ],
  reject: [
    {
      name: 'reject',
      act: async (page) => page.getByTestId('check-passive-authentication.hashes').locator('summary').click(),
    },
  ],
  'errand-reasons': [
    {
      name: 'errand-reasons',
      act: async (page) => {
        await page.getByRole('radio').first().check();
        await page.getByRole('combobox').last().selectOption({ index: 1 });
      },
    },
  ],
  trust: [
    {
      name: 'trust',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page
          .getByText(/Kazakhstan|Kazakstan|Kenya/)
          .first()
          .waitFor();
        await page.locator('main details').first().locator('summary').click();
      },
    },
    {
      name: 'trust-search',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('searchbox').fill('land');
        await page.getByRole('columnheader').nth(1).getByRole('button').click();
      },
    },
    {
      name: 'trust-country',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('button', { name: /Visa Sverige|Show Sweden/ }).click();
        await page.getByRole('img').first().waitFor();
      },
    },
  ],
  'trust-import': [
    {
      name: 'trust-import',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('progressbar').waitFor();
      },
    },
  ],
  'trust-failing': [
    { name: 'trust-failing-desk', act: async () => undefined },
    {
      name: 'trust-failing',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('list', { name: /Avvisade filer|Refused files/ }).waitFor();
      },
    },
    {
      name: 'trust-refused',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('button', { name: /Ta in filer|Take in files/ }).click();
        await page.getByRole('alert').waitFor();
      },
    },
    {
      name: 'trust-restore',
      act: async (page) => {
        await page.keyboard.press('F8');
        await page.getByRole('button', { name: /Ångra senaste|Undo last/ }).click();
        await page.getByRole('dialog').waitFor();
      },
    },
  ],
  'trust-empty': [
    { name: 'trust-empty-desk', act: async () => undefined },
    { name: 'trust-empty', act: (page) => page.keyboard.press('F8') },
  ],
  roster: [
    {
      name: 'roster',
      act: async (page) => {
        await page.getByRole('button', { name: /Kundfil|Customer file/ }).click();
      },
    },
    {
      name: 'roster-tried',
      act: async (page) => {
        await page.getByRole('button', { name: /Kundfil|Customer file/ }).click();
        await page.getByRole('button', { name: /Välj en fil|Choose a file/ }).click();
        await page.getByRole('checkbox').check();
        await page.getByRole('button', { name: /Prova|Try/ }).click();
        await page.getByText(/Inget togs in|Nothing was taken/).waitFor();
      },
    },
  ],
  'roster-refused': [
    {
      name: 'roster-refused',
      act: async (page) => {
        await page.getByRole('button', { name: /Kundfil|Customer file/ }).click();
        await page.getByRole('button', { name: /Välj en fil|Choose a file/ }).click();
        await page.getByRole('button', { name: /Ta in filen|Take the file in/ }).click();
        await page.getByRole('alert').waitFor();
      },
    },
  ],
  'roster-import': [
    { name: 'roster-import', act: (page) => page.getByRole('button', { name: /Kundfil|Customer file/ }).click() },
  ],
  queue: [{ name: 'queue', act: (page) => page.keyboard.press('F7') }],
  records: [
    {
      name: 'records',
      act: async (page) => {
        await page.getByRole('button', { name: /Tidigare ärenden|Past cases/ }).click();
        await page.getByRole('button', { name: /Kontrollera|Check/ }).click();
      },
    },
    {
      name: 'record',
      act: async (page) => {
        await page.getByRole('button', { name: /Tidigare ärenden|Past cases/ }).click();
        await page.getByRole('button', { name: /14/ }).click();
      },
    },
  ],
};

if (!values['no-build']) await build({ configFile: resolve(import.meta.dirname, 'vite.config.ts') });
await mkdir(values.out, { recursive: true });
const [width = 1280, height = 800] = values.size.split('x').map(Number);
const browser = await chromium.launch({
  executablePath: values.chromium,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ],
});
const context = await browser.newContext({
  viewport: { width, height },
  colorScheme: values.theme === 'dark' ? 'dark' : 'light',
  permissions: ['camera'],
});
await serve(context);
const names = (values.scene ?? Object.keys(scenes)) as SceneName[];
for (const scene of names) {
  for (const { name, act } of acts[scene] ?? [{ name: scene, act: async () => undefined }]) {
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') console.error(`${name}: ${message.text()}`);
    });
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    await page.goto(`${origin}/index.html?scene=${scene}&language=${values.language}`);
    await page.locator('h1').waitFor();
    if (values.text !== '100') {
      await page.evaluate((size) => document.documentElement.style.setProperty('font-size', `${size}%`), values.text);
    }
    await page.waitForFunction(() => document.fonts.status === 'loaded');
    await act(page);
    await page.waitForTimeout(250);
    const overflowing = await page.evaluate(() => {
      const cut = [...document.querySelectorAll('*')].filter(
        (node) =>
          node.scrollWidth > node.clientWidth + 1 &&
          node.clientWidth > 1 &&
          getComputedStyle(node).display !== 'inline',
      );
      return cut.map((node) => `${node.tagName}.${node.className} ${node.scrollWidth}>${node.clientWidth}`).slice(0, 5);
    });
    if (overflowing.length > 0) console.error(`${name}: overflows`, overflowing);
    await page.screenshot({ path: join(values.out, `${name}-${values.language}-${values.theme}-${width}.png`) });
    await page.close();
  }
}
await browser.close();
