// Draws the portraits of the specimens: `node tools/portraits/draw.ts [BROWSER]`, with Chromium and OpenJPEG installed.
// The results are committed under resources/specimens/portraits/; run it again only after a change of faces.ts or svg.ts.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { faces } from './faces.ts';
import { signatureSize, signatureSvg } from './signature.ts';
import { height, portraitSvg, width } from './svg.ts';

// 9303-10 §4.7.2 sees 12 to 20 kB for a portrait; the benchmark wants DG2 at 18 kB.
const mostBytes = 18_000;

async function jpeg(page: Page): Promise<Uint8Array> {
  for (let quality = 90; ; quality -= 2) {
    const image = await page.screenshot({ type: 'jpeg', quality });
    if (image.length <= mostBytes) return image;
  }
}

const target = resolve(import.meta.dirname, '../../resources/specimens/portraits');
const browser = await chromium.launch({
  executablePath: process.argv[2] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const folder = mkdtempSync(join(tmpdir(), 'portraits-'));
try {
  const page = await browser.newPage({ viewport: { width, height } });
  for (const face of faces) {
    await page.setContent(`<body style="margin:0">${portraitSvg(face)}</body>`);
    writeFileSync(join(target, `${face.name}.jpg`), await jpeg(page));
    if (face.name !== 'goran') continue;
    const png = join(folder, `${face.name}.png`);
    await page.screenshot({ path: png });
    // 9303-9 §3.3 advises 15:1 to 20:1 for faces in JPEG 2000.
    execFileSync('opj_compress', ['-i', png, '-o', join(target, `${face.name}.jp2`), '-r', '38'], { stdio: 'ignore' });
  }
  await page.setViewportSize(signatureSize);
  await page.setContent(`<body style="margin:0">${signatureSvg}</body>`);
  writeFileSync(join(target, 'signature.jpg'), await page.screenshot({ type: 'jpeg', quality: 70 }));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
