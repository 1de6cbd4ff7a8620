import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { type TestWebAuthority, webAuthority, webCertificate } from './https-server.ts';
import { nameOf } from './test-pki.ts';

/*
 * A PostgreSQL of the machine itself (Debian's package), started on loopback in a folder of its own: with TLS by an authority of
 * the test, client certificates over TCP, and trust on its socket for who administers it.
 */

/** Where the server's programs are; null where none is installed. */
export const postgresPrograms: string | null = programs();

function programs(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((one, other) => Number(other) - Number(one)) : [];
  const found = versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  return found ?? null;
}

/** The server refuses to run as root: then it runs as the user that its package made, or as nobody. */
function serverUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (what: '-u' | '-g', name: string): number =>
    Number(execFileSync('id', [what, name], { encoding: 'utf8' }));
  try {
    return { uid: id('-u', 'postgres'), gid: id('-g', 'postgres') };
  } catch {
    return { uid: id('-u', 'nobody'), gid: id('-g', 'nobody') };
  }
}

export interface TestPostgres {
  readonly port: number;
  /** The folder of its socket: who connects by it administers. */
  readonly socket: string;
  /** The folder with its tables' files. */
  readonly tables: string;
  readonly authority: TestWebAuthority;
  /** Certificate and key (PEM) of a role. */
  readonly clientOf: (
    role: string,
    change?: Parameters<typeof webCertificate>[2],
  ) => { certificate: string; key: string };
  /** Ends every process of the server at once, without a word, and starts it again. */
  readonly crash: () => Promise<void>;
  /** kill -9 of every process of the server, and starts it again. */
  readonly kill: () => Promise<void>;
  /** Stops it in order, and starts it again. */
  readonly restart: () => Promise<void>;
  /** Starts it again as a standby, which is read and not written to, until `promote`. */
  readonly failOver: () => Promise<void>;
  readonly promote: () => void;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const administrator = 'headquarters';

/** Starts a server with an empty database `styrk`. `durable`: with full synchronous writes, as one that is relied on. */
export async function startPostgres({
  durable = false,
  certificate = {},
  settings = {},
  hba = 'local all all trust\nhostssl all all 127.0.0.1/32 cert\n',
}: {
  readonly durable?: boolean;
  /** The server's own certificate. */
  readonly certificate?: Parameters<typeof webCertificate>[2];
  readonly settings?: Readonly<Record<string, string>>;
  /** Who may connect how (pg_hba.conf). Where the socket asks for more than trust, no database `styrk` is made. */
  readonly hba?: string;
} = {}): Promise<TestPostgres> {
  const bin = postgresPrograms;
  if (bin === null) throw new Error('no PostgreSQL here');
  const user = serverUser();
  const owned = user ?? {};
  const home = mkdtempSync(join(tmpdir(), 'styrk-pg-'));
  const data = join(home, 'data');
  const own = (path: string, mode: number): void => {
    chmodSync(path, mode);
    if (user !== null) chownSync(path, user.uid, user.gid);
  };
  own(home, 0o700);
  const words = [
    '-D',
    data,
    '-U',
    administrator,
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ];
  execFileSync(join(bin, 'initdb'), words, {
    ...owned,
    stdio: 'pipe',
    cwd: home,
    env: { PATH: process.env.PATH ?? '' },
  });

  const authority = webAuthority(71);
  const server = webCertificate(authority, 72, certificate);
  const file = (name: string, content: string): string => {
    const path = join(home, name);
    writeFileSync(path, content);
    own(path, 0o600);
    return path;
  };
  const port = await freePort();
  const socket = join(home, 's');
  mkdirSync(socket);
  own(socket, 0o700);
  const all: Readonly<Record<string, string>> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socket,
    port: String(port),
    ssl: 'on',
    ssl_cert_file: file('server.pem', server.certificate),
    ssl_key_file: file('server.key', server.key),
    ssl_ca_file: file('ca.pem', authority.pem),
    hba_file: file('hba.conf', hba),
    log_min_messages: 'log',
    fsync: durable ? 'on' : 'off',
    ...settings,
  };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let running: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const child = spawn(join(bin, 'postgres'), ['-D', data, ...options], {
      ...owned,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    });
    running = child;
    const stderr = child.stderr as NonNullable<typeof child.stderr>;
    const started = Promise.withResolvers<void>();
    const said: string[] = [];
    // Read to the end: a pipe that nobody empties stops the server.
    createInterface({ input: stderr })
      .on('line', (line) => {
        if (said.length < 50) said.push(line);
        if (/ready to accept (?:read-only )?connections/.test(line)) started.resolve();
      })
      .on('close', () => started.reject(new Error(`PostgreSQL did not start: ${said.join('\n')}`)));
    await started.promise;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = running;
    running = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  await start();
  const createDatabase = ['-h', socket, '-p', String(port), '-U', administrator, 'styrk'];
  if (hba.startsWith('local all all trust')) execFileSync(join(bin, 'createdb'), createDatabase, { stdio: 'pipe' });
  let serial = 100;
  return {
    port,
    socket,
    tables: join(data, 'base'),
    authority,
    clientOf: (role, change = {}) => {
      serial += 1;
      const { certificate, key } = webCertificate(authority, serial, { subject: nameOf('SE', role), ...change });
      return { certificate, key };
    },
    // SIGQUIT is PostgreSQL's immediate shutdown: every process ends where it stands, and the next start recovers.
    crash: async () => {
      await end('SIGQUIT');
      await start();
    },
    kill: async () => {
      const { pid } = running ?? {};
      if (pid === undefined) throw new Error('no server to kill');
      // It makes no other while its own are counted.
      process.kill(pid, 'SIGSTOP');
      const all = childrenOf(pid);
      await end('SIGKILL');
      for (const each of all) if (isAlive(each)) process.kill(each, 'SIGKILL');
      while (all.some(isAlive)) await setTimeout(10);
      await start();
    },
    restart: async () => {
      await end('SIGINT');
      await start();
    },
    failOver: async () => {
      await end('SIGINT');
      writeFileSync(join(data, 'standby.signal'), '');
      own(join(data, 'standby.signal'), 0o600);
      await start();
    },
    promote: () => {
      execFileSync(join(bin, 'pg_ctl'), ['promote', '-w', '-D', data], { ...owned, stdio: 'pipe', cwd: home });
    },
    stop: () => end('SIGINT'),
    start,
    close: async () => {
      await end('SIGQUIT');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

// Of a line of /proc/PID/stat: the state and the parent, behind the name in brackets, which may hold anything.
function statOf(pid: string): { readonly state: string; readonly parent: number } | null {
  try {
    const [state = '', parent = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statOf(name)?.parent === pid)
    .map(Number);
}

function isAlive(pid: number): boolean {
  const stat = statOf(String(pid));
  return stat !== null && stat.state !== 'Z';
}

/** How who administers the server connects. */
export const administratorOf = ({ socket, port }: Pick<TestPostgres, 'socket' | 'port'>) => ({
  host: socket,
  port,
  database: 'styrk',
  user: administrator,
  password: null,
  authority: null,
  identity: null,
});

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
