/*
 * The worker in which the model's files become bytes. They come as scripts that hold base64 (`tools/model-bytes/plugin.ts`), and what a
 * script holds stays in its worker's memory as long as that runs: so this one runs until the files are there, and the model's own never
 * holds their text.
 */

import type { ModelFile } from './model-files.ts';

type Bytes = { readonly default: string };

// Each is loaded when it is asked for: the numbers that describe a face only where somebody has faces compared.
const files: Readonly<Record<string, () => Promise<Bytes>>> = {
  'blazeface.json': () => import('@vladmandic/human/models/blazeface.json?model-bytes'),
  'blazeface.bin': () => import('@vladmandic/human/models/blazeface.bin?model-bytes'),
  'facemesh.json': () => import('@vladmandic/human/models/facemesh.json?model-bytes'),
  'facemesh.bin': () => import('@vladmandic/human/models/facemesh.bin?model-bytes'),
  'faceres.json': () => import('@vladmandic/human/models/faceres.json?model-bytes'),
  'faceres.bin': () => import('@vladmandic/human/models/faceres.bin?model-bytes'),
  'tfjs-backend-wasm-simd.wasm': () =>
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?model-bytes'),
};

// `Uint8Array.fromBase64` (ECMAScript 2026) is in every Chromium that the app runs in, and in no type that is bundled yet.
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return (Uint8Array as unknown as { fromBase64(text: string): Uint8Array<ArrayBuffer> }).fromBase64(text);
}

addEventListener('message', async ({ data: file }: MessageEvent<string>) => {
  const load = files[file];
  const bytes =
    load === undefined
      ? null
      : await load().then(
          (text) => bytesOf(text.default),
          () => null,
        );
  const answer: ModelFile = { file, bytes };
  if (bytes === null) postMessage(answer);
  else postMessage(answer, { transfer: [bytes.buffer] });
});
