import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { type PageFile, type PageName, pageFile } from './page-files.ts';
import { appScheme } from './page-origin.ts';

/** Makes our scheme one that behaves as `https` does. Before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves one page of the built folder, and nothing else, as our scheme. */
export function servePage(session: Session, folder: string, pageOrigin: string, page: PageName): void {
  session.protocol.handle(appScheme, async (request) => {
    const file = request.method === 'GET' ? pageFile(folder, pageOrigin, request.url, page) : null;
    return file === null ? notFound() : respond(file);
  });
}

async function respond(file: PageFile): Promise<Response> {
  try {
    return new Response(new Uint8Array(await readFile(file.path)), { headers: file.headers });
  } catch {
    return notFound();
  }
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}
