/*
 * The files of the model as the library asks for them, by their names. The worker has no connection (`connect-src 'none'`): what it
 * calls fetching is answered by the page, out of scripts of our own origin, and by nothing else.
 */

/** What the model's worker tells the page beside its answers: a file that it needs, and that it needs none for now. */
export type FileWish = { readonly file: string } | { readonly filesDone: true };

/** Whether what that worker said is a wish, and no answer. */
export function isFileWish(said: unknown): said is FileWish {
  return typeof said === 'object' && said !== null && ('file' in said || 'filesDone' in said);
}

/** A file of the model, handed over; without bytes where there is none of that name. */
export interface ModelFile {
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** Where the library believes the files to be. No such place exists. */
export const modelPlace = 'https://model.styrk.invalid/';

const awaited = new Map<string, (bytes: ModelFile['bytes']) => void>();

/** Takes a file that the page hands over. */
export function takeModelFile({ file, bytes }: ModelFile): void {
  awaited.get(file)?.(bytes);
  awaited.delete(file);
}

/** Says that no file is needed for now: what made bytes of them may go, with the text that it made them of. */
export function releaseModelFiles(): void {
  postMessage({ filesDone: true } satisfies FileWish);
}

/** Answers a request of the library; whatever is not a file of the model ends as a network that is down. */
export async function fetchModelFile(asked: RequestInfo | URL): Promise<Response> {
  const address = asked instanceof Request ? asked.url : String(asked);
  const bytes = address.startsWith(modelPlace) ? await bytesOf(address.slice(modelPlace.length)) : null;
  if (bytes === null) throw new TypeError('there is no network');
  const type = address.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  return new Response(bytes, {
    headers: { 'Content-Type': address.endsWith('.wasm') ? 'application/wasm' : type },
  });
}

// Two that ask for one file at the same time are answered by one.
function bytesOf(file: string): Promise<ModelFile['bytes']> {
  return new Promise((resolve) => {
    const other = awaited.get(file);
    awaited.set(file, (bytes) => {
      other?.(bytes);
      resolve(bytes);
    });
    if (other === undefined) postMessage({ file } satisfies FileWish);
  });
}
