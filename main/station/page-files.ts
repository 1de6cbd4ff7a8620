import { basename, extname, resolve, sep } from 'node:path';
import { originOf } from './page-origin.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

// Holds for workers too: the decoder of JPEG 2000, which meets a hostile chip's bytes, is plain script.
const policyWith = (scripts: string): string =>
  [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    'media-src blob:',
    "connect-src 'none'",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types styrk',
  ].join('; ');

const policy = policyWith("'self'");
/**
 * The one worker that may compile WebAssembly, since the model that finds faces is computed in it: a worker has the policy of its own
 * script's answer, and a page that names that script as its own gains nothing by it (HTML §10.2.4, CSP3 §4.1). It is given pixels that
 * another worker decoded, connects nowhere as all others, and makes no code of a string.
 */
const faceModelPolicy = policyWith("'self' 'wasm-unsafe-eval'");
const faceModelWorker = /^face-model-worker-[\w-]+\.js$/;

/** One file of the page: where it lies and the headers with which it is served. */
export interface PageFile {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The document of a page; the others of the folder are other pages'. */
export type PageName = 'index.html' | 'confirm.html' | 'kiosk.html';

/**
 * The file that an address of the page names, or null where the address is not ours, leaves the folder, names another page, or a
 * kind of file that the page does not consist of.
 */
export function pageFile(
  folder: string,
  pageOrigin: string,
  address: string,
  page: PageName = 'index.html',
): PageFile | null {
  const url = URL.parse(address);
  if (url === null || originOf(address) !== pageOrigin) return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (/[\\\0:]/.test(path)) return null;
  const root = resolve(folder);
  const file = resolve(root, `.${path === '/' ? `/${page}` : path}`);
  const type = contentTypes[extname(file)];
  if (!file.startsWith(root + sep) || type === undefined) return null;
  if (extname(file) === '.html' && file !== resolve(root, page)) return null;
  return {
    path: file,
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': faceModelWorker.test(basename(file)) ? faceModelPolicy : policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    },
  };
}
