import type { ElectronApplication, Page } from 'playwright-core';

/** How a line of the proof ended. `not-run` is no proof of anything. */
export type Outcome =
  | { readonly state: 'holds'; readonly detail: string }
  | { readonly state: 'fails'; readonly detail: string }
  | { readonly state: 'not-run'; readonly detail: string };

/** The app under proof: its window, and its main process where it runs in Electron. */
export interface Proved {
  readonly page: Page;
  readonly electron: ElectronApplication;
}

/** One line: what is to be seen, and how. */
export interface ProofLine {
  readonly id: string;
  readonly title: string;
  readonly run: (app: Proved) => Promise<Outcome>;
}

const holds = (detail: string): Outcome => ({ state: 'holds', detail });
const fails = (detail: string): Outcome => ({ state: 'fails', detail });
const judged = (good: boolean, detail: string): Outcome => (good ? holds(detail) : fails(detail));

/** What is seen from the page alone: these run against the stand-in too, which tests them and proves nothing of Electron. */
export const pageLines: readonly (Omit<ProofLine, 'run'> & { readonly run: (page: Page) => Promise<Outcome> })[] = [
  {
    id: 'page-has-no-node',
    title: 'The page has the bridge and nothing of Node or Electron',
    run: async (page) => {
      const seen = await page.evaluate(() =>
        ['styrk', 'require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
      );
      return judged(seen.join() === 'styrk', `in the page: ${seen.join(', ') || 'nothing'}`);
    },
  },
  {
    id: 'content-security-policy',
    title: 'The policy of the page lets no text become code and nothing leave',
    run: async (page) => {
      // Read from the answer itself: the policy lets the page fetch nothing, itself neither.
      const answer = await page.reload();
      const policy = (await answer?.headerValue('content-security-policy')) ?? '';
      await page.locator('main').waitFor();
      const { evaluated, inline, sent } = await page.evaluate(async () => {
        // What a debugger evaluates may evaluate text, until its first pause.
        await new Promise((later) => setTimeout(later, 0));
        const attempt = async (work: () => unknown): Promise<boolean> => {
          try {
            await work();
            return true;
          } catch {
            return false;
          }
        };
        // Trusted types refuse the text itself already.
        await attempt(() => {
          const script = document.createElement('script');
          script.textContent = 'document.documentElement.dataset.proof = "ran"';
          document.head.append(script);
        });
        return {
          evaluated: await attempt(() => new (Function as unknown as new (text: string) => () => unknown)('1')()),
          inline: document.documentElement.dataset.proof === 'ran',
          sent: await attempt(() => fetch('https://elsewhere.invalid/')),
        };
      });
      const unsafe = policy === '' || /'unsafe-(inline|eval)'/.test(policy);
      const ran = evaluated || inline;
      return judged(!unsafe && !ran && !sent, `unsafe: ${unsafe}, text ran: ${ran}, a request left: ${sent}`);
    },
  },
  {
    id: 'permissions',
    title: 'Place, microphone and notifications are refused, and the camera outside the face question',
    run: async (page) => {
      const granted = await page.evaluate(async () => {
        const media = async (what: MediaStreamConstraints): Promise<boolean> =>
          navigator.mediaDevices.getUserMedia(what).then(
            () => true,
            () => false,
          );
        const place = new Promise<boolean>((answer) => {
          navigator.geolocation.getCurrentPosition(
            () => answer(true),
            () => answer(false),
          );
        });
        return {
          camera: await media({ video: true }),
          microphone: await media({ audio: true }),
          place: await place,
          notifications: (await Notification.requestPermission()) === 'granted',
        };
      });
      const names = Object.entries(granted).flatMap(([name, given]) => (given ? [name] : []));
      return judged(names.length === 0, names.length === 0 ? 'all refused' : `granted: ${names.join(', ')}`);
    },
  },
];

/** What needs Electron's main process. */
export const electronLines: readonly ProofLine[] = [
  {
    id: 'runtime',
    title: 'Electron 45 with Node 24, and the ciphers that the app takes from it',
    run: async ({ electron }) => {
      const { versions, missing } = await electron.evaluate(async () => {
        const { getCiphers } = process.getBuiltinModule('node:crypto');
        const known = new Set(getCiphers());
        const wanted = ['des-cbc', 'des-ede3-cbc', 'aes-128-cbc', 'aes-256-cbc', 'aes-128-ecb', 'aes-256-gcm'];
        return { versions: process.versions, missing: wanted.filter((name) => !known.has(name)) };
      });
      const right = /^45\./.test(versions.electron ?? '') && /^24\./.test(versions.node);
      const detail = `Electron ${versions.electron}, Node ${versions.node}, Chrome ${versions.chrome}`;
      return judged(right && missing.length === 0, `${detail}; missing: ${missing.join(', ') || 'none'}`);
    },
  },
  {
    id: 'native-modules',
    title: 'better-sqlite3 and pcsc-mini load in Electron',
    run: async ({ electron }) => {
      const failed = await electron.evaluate(async ({ app }) => {
        const require = process.getBuiltinModule('node:module').createRequire(`${app.getAppPath()}/package.json`);
        const loads: Record<string, () => unknown> = {
          'better-sqlite3': () => new (require('better-sqlite3'))(':memory:').close(),
          'pcsc-mini': () => require('pcsc-mini/build/addon.node.js'),
        };
        return Object.entries(loads).flatMap(([name, load]) => {
          try {
            load();
            return [];
          } catch (thrown) {
            return [`${name}: ${thrown instanceof Error ? thrown.message.split('\n')[0] : 'unknown'}`];
          }
        });
      });
      return judged(failed.length === 0, failed.length === 0 ? 'both load' : failed.join('; '));
    },
  },
  {
    id: 'sandbox',
    title: 'Every process of a page is in its sandbox',
    run: async ({ electron }) => {
      const processes = await electron.evaluate(({ app }) => {
        const { readFileSync } = process.getBuiltinModule('node:fs');
        return app.getAppMetrics().map(({ pid, type, sandboxed }) => {
          if (process.platform !== 'linux') return { type, sandboxed: sandboxed === true };
          // `Seccomp: 2` is a filter (proc(5)).
          const status = readFileSync(`/proc/${pid}/status`, 'utf8');
          return { type, sandboxed: /^Seccomp:\s+2$/m.test(status) };
        });
      });
      const pages = processes.filter(({ type }) => type === 'Tab');
      const detail = processes.map(({ type, sandboxed }) => `${type} ${sandboxed ? 'in' : 'OUT'}`).join(', ');
      return judged(pages.length > 0 && pages.every(({ sandboxed }) => sandboxed), detail);
    },
  },
  {
    id: 'protocol',
    title: 'The app’s own scheme serves the page’s folder and nothing above it',
    run: async ({ electron }) => {
      const answers = await electron.evaluate(async ({ session }) => {
        const paths = ['/index.html', '/../main/index.js', '/%2e%2e/main/index.js', '/..%2fmain%2findex.js'];
        const desk = session.fromPartition('desk');
        return Promise.all(paths.map(async (path) => (await desk.fetch(`styrk://app${path}`)).status));
      });
      return judged(answers[0] === 200 && answers.slice(1).every((status) => status === 404), answers.join(', '));
    },
  },
  {
    id: 'windows',
    title: 'The page opens no other window and goes nowhere',
    run: async ({ electron, page }) => {
      await page.evaluate(() => globalThis.open('https://elsewhere.invalid/'));
      const open = await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
      return judged(open === 1, `windows: ${open}`);
    },
  },
  {
    id: 'safe-storage',
    title: 'safeStorage keeps a key by the platform’s vault, and says when to encrypt it again',
    run: async ({ electron }) => {
      const found = await electron.evaluate(async ({ safeStorage }) => {
        if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
        const linux = process.platform === 'linux';
        const sealed = await safeStorage.encryptStringAsync('proof');
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
        return { backend: linux ? safeStorage.getSelectedStorageBackend() : process.platform, result, shouldReEncrypt };
      });
      if (found === null) return fails('no vault is there');
      const detail = `${found.backend}, shouldReEncrypt ${found.shouldReEncrypt}`;
      return judged(found.result === 'proof' && found.backend !== 'basic_text', detail);
    },
  },
  {
    id: 'crash-dumps',
    title: 'No dump of its memory is written or sent',
    run: async ({ electron }) => {
      const { limit, dumps, sends } = await electron.evaluate(async ({ app, crashReporter }) => {
        const { existsSync, readdirSync, readFileSync } = process.getBuiltinModule('node:fs');
        const limits = process.platform === 'linux' && app.isPackaged ? readFileSync('/proc/self/limits', 'utf8') : '';
        const folder = app.getPath('crashDumps');
        const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
        return {
          limit: /^Max core file size\s+(\S+)/m.exec(limits)?.[1] ?? 'not asked',
          dumps: files.filter((name) => name.endsWith('.dmp')).length,
          sends: crashReporter.getUploadToServer(),
        };
      });
      const good = (limit === '0' || limit === 'not asked') && dumps === 0 && !sends;
      return judged(good, `core size ${limit}, dumps ${dumps}, sent ${sends}`);
    },
  },
  {
    id: 'printing',
    title: 'The window prints',
    run: async ({ electron }) => {
      const start = await electron.evaluate(async ({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        const bytes = await window?.webContents.printToPDF({});
        return bytes?.subarray(0, 5).toString('latin1') ?? '';
      });
      return judged(start === '%PDF-', start === '%PDF-' ? 'a PDF came' : 'no PDF came');
    },
  },
];

/** What nothing here can show by itself: each says what it needs. */
export interface AskedLine {
  readonly id: string;
  readonly title: string;
  readonly option: string;
}

export const askedLines: readonly AskedLine[] = [
  { id: 'fuses', title: 'The package is what it must be, fuses among it', option: '--package FILE_OR_DIR' },
  { id: 'start-refused', title: 'The packaged app does not start with a port for debuggers', option: '--program FILE' },
  { id: 'specs', title: 'The end-to-end specs pass in Electron', option: '--specs' },
  { id: 'camera', title: 'The face question films by a real camera', option: '--seen camera' },
  {
    id: 'reader',
    title: 'A real contactless reader reads a real passport',
    option: '--reader NAME --access-file FILE',
  },
  { id: 'kiosk', title: 'Kiosk mode holds the screen', option: '--seen kiosk' },
  {
    id: 'managed-settings',
    title: 'What group policy or a profile sets holds, and the window says so (Windows: as reg.exe prints it)',
    option: '--seen managed-settings',
  },
  {
    id: 'update-check',
    title: 'The packaged app answers --check-update by its exit status, without a window',
    option: '--program FILE',
  },
  {
    id: 'removal',
    title: 'Removal of the installed package keeps data, and erases them where that was chosen',
    option: '--seen removal',
  },
  {
    id: 'confirmation',
    title: 'Two people confirm in the window of their own, which the desk’s page does not reach',
    option: '--seen confirmation',
  },
  {
    id: 'order-links',
    title: 'A styrk:// link of a page in the browser opens the app that a package installed',
    option: '--seen order-links',
  },
  {
    id: 'order-browsers',
    title: 'A real Edge and a real Chrome hand over an order by the extension of the sample',
    option: '--seen order-browsers',
  },
  {
    id: 'order-host',
    title: 'The host of native messaging of an installed package answers, on Windows too',
    option: '--seen order-host',
  },
  {
    id: 'services',
    title: 'The police’s register and a bank’s own services are asked and answer',
    option: '--seen services',
  },
  {
    id: 'verified-claims',
    title: 'The statement fits the final schema of OpenID’s verified claims',
    option: '--seen verified-claims',
  },
  {
    id: 'headquarters',
    title: 'Stations deliver to a headquarters on another machine, and to Citus and CockroachDB',
    option: '--seen headquarters',
  },
  { id: 'fleet-size', title: 'More than one station’s worth of records arrives', option: '--seen fleet-size' },
  { id: 'witness', title: 'A witness that somebody else runs cosigns', option: '--seen witness' },
  {
    id: 'languages',
    title: 'Native speakers read the interface in Finnish, Norwegian and Danish, and the customers’ sentences',
    option: '--seen languages',
  },
  { id: 'linux', title: 'All of it on Linux', option: 'a machine with Linux' },
  { id: 'windows-platform', title: 'All of it on Windows', option: 'a machine with Windows' },
  { id: 'macos', title: 'All of it on macOS', option: 'a machine with macOS' },
];

/** Every line's id, in the order of the page of results. */
export const lineIds: readonly string[] = [...electronLines, ...pageLines, ...askedLines].map(({ id }) => id);
