import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trainingRoster } from '../../main/simulator/documents/people.ts';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import { TextInClear } from './text-in-clear.ts';

/*
 * What one person leaves, looked for where it must not be. Only texts of eight letters and more: shorter ones stand in programs and
 * catalogues by chance.
 */

const shortest = 8;

/** The texts by which somebody who held this document would be known. */
export function tracesOf({ mrz, holder }: Specimen): readonly string[] {
  const person = trainingRoster().find(({ id }) => id === holder);
  const names = (mrz.length === 2 ? mrz[0]?.slice(5) : mrz[2])?.replace(/<+$/, '') ?? '';
  const numberLine = mrz.length === 2 ? mrz[1]?.slice(0, 9) : mrz[0]?.slice(5, 14);
  const texts = [
    ...mrz,
    names,
    ...names.split('<<'),
    // The number with its check digit, as it stands in the line.
    numberLine ?? '',
    ...(person === undefined ? [] : [person.personalNumber, person.surname, person.givenNames]),
  ];
  return [...new Set(texts)].filter((text) => text.length >= shortest);
}

/** How files begin that a camera's picture or a portrait is written as; long enough to be met by chance in no sealed store. */
const pictureBegins: readonly Buffer[] = [
  Buffer.from('ffd8ffe000104a46494600', 'hex'),
  Buffer.from('ffd8ffe1', 'hex'),
  Buffer.from('89504e470d0a1a0a', 'hex'),
  Buffer.from('0000000c6a5020200d0a870a', 'hex'),
  Buffer.from('ff4fff5100', 'hex'),
  Buffer.from('57454250565038', 'hex'),
  Buffer.from('1a45dfa3', 'hex'),
];
const certain = 5;

/** A piece of the portrait on the chip that no other file has. */
function portraitPiece({ files }: Specimen): Buffer | null {
  const image = files.get('EF.DG2');
  return image === undefined || image.length < 4_000 ? null : Buffer.from(image.subarray(2_000, 2_064));
}

/**
 * Files in these folders, and in those within them, that hold any text of these people in clear (as UTF-8, UTF-16 or hex), a piece of their
 * portraits, or anywhere the beginning of a picture; each with what it holds. A beginning of less than five bytes counts where a file
 * begins with it: elsewhere chance writes it.
 */
export function leftOnDisk(folders: readonly string[], people: readonly Specimen[]): readonly string[] {
  const texts = new TextInClear();
  for (const text of new Set(people.flatMap(tracesOf))) texts.add(text);
  const pieces = people.map(portraitPiece).filter((piece) => piece !== null);
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const path = join(entry.parentPath, entry.name);
        return foundIn(path, texts, pieces).map((what) => `${path}: ${what}`);
      }),
  );
}

function foundIn(path: string, texts: TextInClear, pieces: readonly Buffer[]): readonly string[] {
  try {
    const bytes = readFileSync(path);
    const text = texts.firstIn(path);
    const begins = pictureBegins.filter((begin) => {
      const at = bytes.indexOf(begin);
      return begin.length < certain ? at === 0 : at >= 0;
    });
    return [
      ...(text === null ? [] : [text]),
      ...(pieces.some((piece) => bytes.includes(piece)) ? ['a portrait'] : []),
      ...begins.map((begin) => `a picture (${begin.toString('hex')})`),
    ];
  } catch (thrown) {
    // A program's own temporary file that went away between its name and its bytes.
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}

/**
 * The memory of the page with this address, behind this door of Chromium's, as V8 writes it down (garbage collected before), searched for these texts: each
 * string of it is there up to its first 1 024 characters. The answer are those that were found. Over a connection of its own: to a page's
 * driver the pieces come in no order.
 */
export async function foundInHeap(
  { door, address }: { readonly door: string; readonly address: string },
  texts: readonly string[],
): Promise<readonly string[]> {
  const targets = (await (await fetch(`${door}/json/list`)).json()) as readonly Target[];
  const page = targets.find(({ type, url }) => type === 'page' && url === address);
  if (page === undefined) throw new Error('no page');
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  const pieces: string[] = [];
  await new Promise<void>((ended, failed) => {
    socket.addEventListener('error', () => failed(new Error('no connection')));
    socket.addEventListener('close', () => failed(new Error('the page went away')));
    socket.addEventListener('open', () =>
      socket.send(
        JSON.stringify({ id: 1, method: 'HeapProfiler.takeHeapSnapshot', params: { reportProgress: false } }),
      ),
    );
    socket.addEventListener('message', ({ data }) => {
      const { id, params } = JSON.parse(String(data)) as { id?: number; params?: { chunk?: string } };
      if (params?.chunk !== undefined) pieces.push(params.chunk);
      if (id === 1) ended();
    });
  });
  socket.close();
  const written = pieces.join('').toUpperCase();
  return texts.filter((text) => written.includes(asV8Writes(text).toUpperCase()));
}

interface Target {
  readonly type: string;
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

// Of other characters than those of ASCII it writes the number.
function asV8Writes(text: string): string {
  return [...text]
    .map((each) => (each <= '~' ? each : `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`))
    .join('');
}
