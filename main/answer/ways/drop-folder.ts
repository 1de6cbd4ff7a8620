import { constants } from 'node:fs';
import { lstat, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { After } from '../../result/after.ts';
import { largestToken } from '../jws.ts';
import type { TakenOrder } from '../orders-taken.ts';
import { type Exchange, isOfOrder, type Reply } from './exchange.ts';
import { type FolderState, openFolder } from './folder-fault.ts';

/** How often it is looked into, in milliseconds: watching tells nothing of a share on the network. */
const lookMillis = 2_000;
const mostFiles = 200;
/** What was dealt with is kept so long, and so many of it (docs/integration.md §4). */
const dealtWithDays = 31;
const mostDealtWith = 1_000;
/** It is looked for so often, in looks: about an hour. */
const looksBetween = 1_800;
const dealtWithForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:done|refused)$/;
const orderForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.jws$/;
// Neither a link out of the folder is followed nor a pipe waited for.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

interface Asked {
  readonly file: string;
  end: () => void;
}

/**
 * A drop folder: `orders/NAME.jws` in, `answers/NAME.jws` out, or `answers/NAME.refused.json` with why (`Refusal`). Whoever writes an
 * order writes it under another name and renames it, and so do we with answers: nothing is ever half read. A dealt-with order is
 * renamed to `.done` or `.refused`; one that waits stays, and is asked after again when the desk starts. What was dealt with is taken
 * away after a month, and beyond the newest thousand: of what waits nothing ever is.
 */
export class DropFolder {
  readonly #folder: string;
  readonly #exchange: Pick<Exchange, 'ask'>;
  readonly #after: After;
  /** The orders that are asked after: which file each was, and how that is ended. */
  readonly #asked = new Map<string, Asked>();
  #cancel: () => void = () => undefined;
  #closed = false;
  #looks = 0;
  readonly #now: () => string;
  readonly #delivered: (order: TakenOrder) => void;
  readonly #changed: (state: FolderState) => void;
  /** What was wrong with the folder at the last look; null: nothing. */
  #fault: string | null = null;

  /**
   * `now`: the instant, ISO 8601 with `Z`; `delivered` hears of each order whose answer lies there; `changed` how the folder is, when that
   * has become something else, and at first where something is wrong.
   */
  constructor(
    folder: string,
    exchange: Pick<Exchange, 'ask'>,
    {
      after,
      now,
      delivered = () => undefined,
      changed = () => undefined,
    }: {
      readonly after: After;
      readonly now: () => string;
      readonly delivered?: (order: TakenOrder) => void;
      readonly changed?: (state: FolderState) => void;
    },
  ) {
    this.#folder = folder;
    this.#exchange = exchange;
    this.#after = after;
    this.#now = now;
    this.#delivered = delivered;
    this.#changed = changed;
  }

  /** Looks now, and from then on by itself. What cannot be read now is looked at again. */
  async start(): Promise<void> {
    await this.look().catch(() => undefined);
    if (!this.#closed) this.#cancel = this.#after(lookMillis, () => void this.start());
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
    for (const { end } of this.#asked.values()) end();
  }

  /** Asks for each order that is new. Of a folder that cannot be used it tells that, and does nothing. */
  async look(): Promise<void> {
    const orders = join(this.#folder, 'orders');
    if (!(await this.#isUsable())) return;
    await this.#forgetReplaced();
    const there = await readdir(orders);
    await this.#clear(orders, there);
    const names = there.filter((name) => orderForm.test(name) && !this.#asked.has(name)).sort();
    let asked = 0;
    for (const name of names) {
      if (asked === mostFiles || this.#closed) break;
      // Files that cannot be read, however many, keep none of the others from being dealt with.
      const file = await fileNow(join(orders, name)).catch(() => null);
      const token = file === null ? null : await tokenIn(join(orders, name)).catch(() => null);
      if (file === null || token === null) continue;
      asked += 1;
      const one: Asked = { file, end: () => undefined };
      this.#asked.set(name, one);
      const sender = { way: 'folder', origins: [], folder: this.#folder } as const;
      const end = await this.#exchange.ask(token, sender, (reply, order) => void this.#heard(name, one, reply, order));
      // Closed while the order was proved: nobody would end it later.
      if (this.#closed) end();
      else one.end = end;
    }
  }

  // A share may not be there now, and come back; a name that was typed wrongly is never there.
  async #isUsable(): Promise<boolean> {
    const fault = await openFolder(this.#folder);
    if (this.#closed) return false;
    if (fault !== this.#fault) {
      this.#fault = fault;
      const code = fault === null ? null : 'bank.folder-unusable';
      this.#changed({ code, detail: fault, since: this.#now() });
    }
    return fault === null;
  }

  // Orders hold what customers are to confirm: nobody needs them for longer than one could be asked for again.
  async #clear(orders: string, there: readonly string[]): Promise<void> {
    const names = there.filter((name) => dealtWithForm.test(name));
    const isDue = this.#looks % looksBetween === 0 || names.length > mostDealtWith;
    this.#looks += 1;
    if (!isDue) return;
    const found: { readonly path: string; readonly since: number }[] = [];
    for (const name of names) {
      const path = join(orders, name);
      const file = await lstat(path).catch(() => null);
      // When it was renamed; the time of its writing is whoever wrote it's to say.
      if (file?.isFile()) found.push({ path, since: file.ctimeMs });
    }
    const oldest = Date.parse(this.#now()) - dealtWithDays * 86_400_000;
    const newestFirst = found.toSorted((one, other) => other.since - one.since);
    const over = newestFirst.filter(({ since }, place) => place >= mostDealtWith || since < oldest);
    // What cannot be taken away now is looked at again.
    for (const { path } of over) await rm(path, { force: true }).catch(() => undefined);
  }

  // Another order was laid under the name of one that waits: it is asked for, and not taken for dealt with when that one is.
  async #forgetReplaced(): Promise<void> {
    for (const [name, { file, end }] of this.#asked) {
      const now = await fileNow(join(this.#folder, 'orders', name)).catch(() => file);
      if (now === file) continue;
      end();
      this.#asked.delete(name);
    }
  }

  async #heard(name: string, asked: Asked, reply: Reply, order?: TakenOrder): Promise<void> {
    if (reply.state === 'waiting' || reply.state === 'referred') return;
    const [base] = name.split(/\.jws$/);
    try {
      if (!('code' in reply)) await this.#put(name, reply.answer ?? '');
      else if (isOfOrder(reply)) await this.#put(`${base}.refused.json`, refusalText(reply));
      else return;
      if (order !== undefined) this.#delivered(order);
      const orders = join(this.#folder, 'orders');
      if ((await fileNow(join(orders, name))) === asked.file)
        await rename(join(orders, name), join(orders, `${base}.${'code' in reply ? 'refused' : 'done'}`));
    } catch {
      // Where the folder took nothing the order still lies there, and is asked after again.
    } finally {
      if (this.#asked.get(name) === asked) this.#asked.delete(name);
    }
  }

  async #put(name: string, text: string): Promise<void> {
    const path = join(this.#folder, 'answers', name);
    const half = `${path}.part`;
    // Whoever may write there may have laid a link of that name: nothing is written through it.
    await rm(half, { force: true });
    await writeFile(half, text, { mode: 0o600, flag: 'wx' });
    await rename(half, path);
  }
}

function refusalText({ state: _, ...refusal }: Extract<Reply, { readonly state: 'refused' }>): string {
  return `${JSON.stringify(refusal)}\n`;
}

// Which file lies there: one that was renamed over it is another.
async function fileNow(path: string): Promise<string> {
  const { ino, size, mtimeMs } = await lstat(path);
  return `${ino} ${size} ${mtimeMs}`;
}

// Larger than any order: read to one byte more, and refused as such.
async function tokenIn(path: string): Promise<string | null> {
  const file = await open(path, flags);
  try {
    if (!(await file.stat()).isFile()) return null;
    const bytes = new Uint8Array(largestToken + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      ({ bytesRead: read } = await file.read(bytes, length, bytes.length - length, length));
    return new TextDecoder('latin1').decode(bytes.subarray(0, length));
  } finally {
    await file.close();
  }
}
