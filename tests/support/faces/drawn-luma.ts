import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { type GreyImage, greyOf } from '../../../renderer/mrz-camera/grey-image.ts';
import { drawnPortrait } from './model-page.ts';

/** A drawn portrait before a wall, as a camera of 640 by 480 would see it, in grey: decoded by the browser. */
export async function drawnLuma(name: string): Promise<GreyImage> {
  const browser = await chromium.launch({
    executablePath: process.env.STYRK_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    const pixels = await page.evaluate(
      async (bytes) => {
        const binary = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([binary], { type: 'image/jpeg' }));
        const context = new OffscreenCanvas(640, 480).getContext('2d');
        if (context === null) throw new Error('no canvas');
        context.fillStyle = '#9aa0a6';
        context.fillRect(0, 0, 640, 480);
        context.drawImage(picture, 150, 20, (440 * picture.width) / picture.height, 440);
        return [...context.getImageData(0, 0, 640, 480).data];
      },
      readFileSync(drawnPortrait(name)).toString('base64'),
    );
    return greyOf({ width: 640, height: 480, data: Uint8ClampedArray.from(pixels) });
  } finally {
    await browser.close();
  }
}
