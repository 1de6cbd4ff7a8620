import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { styrk } from '../support/side-door.ts';

/* The browser's side of native messaging: it finds the program by its manifest, starts it, and speaks in frames. */

const extension = 'abcdefghijklmnop'.repeat(2);
/** Who the browser says that asks. */
export const extensionOrigin = `chrome-extension://${extension}/`;

/** What came back from the program. */
interface HostReply {
  readonly state: string;
  readonly order?: string;
  readonly answer?: string | null;
  readonly code?: string;
}

/** The program as Chrome has started it. */
export interface BrowserPort {
  readonly post: (message: object) => void;
  /** The first reply of that state, whenever it comes. */
  readonly reply: (state: string) => Promise<HostReply>;
  readonly disconnect: () => Promise<void>;
}

/** Tells Chrome of the program, in a home of the test's own, and starts it as Chrome does: the extension is its first word. */
export async function connectNative(directory: string, home: string): Promise<BrowserPort> {
  const words = ['order', 'install-host', '--browser', 'chrome', '--extension', extension, '--training', '--json'];
  const { manifest } = (await styrk([...words, '--data', directory], { HOME: home })).json();
  const place = join(home, '.config/google-chrome/NativeMessagingHosts/se.styrk.orders.json');
  if (manifest !== place) throw new Error(`Chrome does not look there: ${manifest}`);
  const { path, allowed_origins: allowed } = JSON.parse(readFileSync(place, 'utf8'));
  if (!allowed.includes(extensionOrigin)) throw new Error('the extension may not start it');
  const child = spawn(path, [extensionOrigin], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const replies: HostReply[] = [];
  const waiting = new Set<() => void>();
  let buffer = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    while (buffer.length >= 4 && buffer.length >= 4 + buffer.readUInt32LE(0)) {
      const end = 4 + buffer.readUInt32LE(0);
      replies.push(JSON.parse(buffer.subarray(4, end).toString('utf8')) as HostReply);
      buffer = buffer.subarray(end);
    }
    for (const wake of waiting) wake();
  });
  return {
    post: (message) => {
      const json = Buffer.from(JSON.stringify(message));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(json.length);
      child.stdin.write(Buffer.concat([length, json]));
    },
    reply: (state) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = replies.find((one) => one.state === state);
          const refused = replies.find((one) => one.state === 'refused');
          if (found === undefined && refused === undefined) return;
          waiting.delete(look);
          if (found !== undefined) resolve(found);
          else reject(new Error(`refused: ${refused?.code}`));
        };
        waiting.add(look);
        void ended.then(() => reject(new Error('the program has ended')));
        look();
      }),
    disconnect: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
