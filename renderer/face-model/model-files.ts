/*
 * The files of the model as the library asks for them, by their names. The worker has no connection (`connect-src 'none'`): what it
 * calls fetching is answered from scripts of our own origin, and from nothing else.
 */

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

/** Where the library believes the files to be. No such place exists. */
export const modelPlace = 'https://model.styrk.invalid/';

/** Answers a request of the library; whatever is not a file of the model ends as a network that is down. */
export async function fetchModelFile(asked: RequestInfo | URL): Promise<Response> {
  const address = asked instanceof Request ? asked.url : String(asked);
  const load = address.startsWith(modelPlace) ? files[address.slice(modelPlace.length)] : undefined;
  if (load === undefined) throw new TypeError('there is no network');
  const { default: text } = await load();
  const type = address.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  return new Response(bytesOf(text), {
    headers: { 'Content-Type': address.endsWith('.wasm') ? 'application/wasm' : type },
  });
}

// `Uint8Array.fromBase64` (ECMAScript 2026) is in every Chromium that the app runs in, and in no type that is bundled yet.
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return (Uint8Array as unknown as { fromBase64(text: string): Uint8Array<ArrayBuffer> }).fromBase64(text);
}
