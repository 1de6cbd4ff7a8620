import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectVpcdCard, type VpcdCard, type VpcdCardScript } from './vpcd-card.ts';

const daemonFiles = ['/usr/sbin/pcscd', '/usr/local/sbin/pcscd'];
const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';

/** A pcscd of the test's own, with virtual readers, that no other test and no other program can meet. */
export interface Pcscd {
  /** Give this to a client's process: `PCSCLITE_CSOCK_NAME`, read once when the first PC/SC call is made. */
  readonly env: { readonly PCSCLITE_CSOCK_NAME: string };
  /** One per slot. */
  readonly readerNames: readonly string[];
  /** One TCP port per slot, where a card may connect. */
  readonly vpcdPorts: readonly number[];
  /** Lays a card on a slot (the first by default). */
  connectCard(script?: VpcdCardScript, slot?: number): Promise<VpcdCard>;
  /** Ends the daemon at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts the daemon again under the same socket, with the same readers. */
  restart(): Promise<void>;
  /** Takes the reader away. vpcd cannot be pulled out of a running daemon: it ends, and starts again without the reader. */
  unplug(): Promise<void>;
  /** Brings it back, in the same way. */
  plug(): Promise<void>;
  /** Ends everything and leaves no file. Also done when the process exits. */
  stop(): Promise<void>;
}

/**
 * Starts a private pcscd with one virtual reader of two slots (vpcd bears no more) and resolves when it is ready.
 * The daemon takes no socket path: the socket is bound here and handed over as systemd does (`LISTEN_FDS`).
 */
export async function startPcscd(): Promise<Pcscd> {
  const daemon = daemonFiles.find((file) => existsSync(file));
  if (daemon === undefined || !existsSync(driver)) throw new Error('needs the packages pcscd and vsmartcard-vpcd');
  const folder = mkdtempSync(join(tmpdir(), 'styrk-pcscd-'));
  const socket = join(folder, 'socket');
  const configuration = join(folder, 'readers');
  mkdirSync(configuration);
  const emptied = join(folder, 'no-readers');
  mkdirSync(emptied);
  const base = await freePortPair();
  writeFileSync(join(configuration, 'vpcd'), readerEntry(base));
  const ports = [base, base + 1];
  const cards: VpcdCard[] = [];
  let child: ChildProcess | null = null;

  const startWith = async (slots: 0 | 2): Promise<void> => {
    rmSync(socket, { force: true });
    child = await startDaemon(daemon, slots === 0 ? emptied : configuration, { socket, slots });
  };
  const restart = () => startWith(2);
  const kill = async (): Promise<void> => {
    await ended(child);
    child = null;
  };
  const onExit = (): void => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', onExit);
  await restart();
  return {
    env: { PCSCLITE_CSOCK_NAME: socket },
    readerNames: ['Virtual PCD 00 00', 'Virtual PCD 00 01'],
    vpcdPorts: ports,
    async connectCard(script, slot = 0) {
      const port = ports[slot];
      if (port === undefined) throw new RangeError(`no slot ${slot}`);
      const card = await connectVpcdCard(port, script);
      cards.push(card);
      return card;
    },
    kill,
    restart,
    async unplug() {
      await kill();
      await startWith(0);
    },
    async plug() {
      await kill();
      await restart();
    },
    async stop() {
      await Promise.all(cards.map((card) => card.leave()));
      await kill();
      process.off('exit', onExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startDaemon(
  daemon: string,
  configuration: string,
  { socket, slots }: { readonly socket: string; readonly slots: number },
): Promise<ChildProcess> {
  const bound = `${socket}.bound`;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(bound, resolve);
  });
  // Closing the server removes the path that it was bound to, not this second name of the same socket.
  linkSync(bound, socket);
  const run = 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" -f -d -c "$@"';
  const words = ['-c', run, daemon, configuration, ...withoutPolkit(daemon)];
  const [command, ...before] = [...inOwnRun(), '/bin/sh'];
  const child = spawn(command, [...before, ...words], {
    stdio: ['ignore', 'pipe', 'ignore', descriptorOf(server)],
  });
  server.close();
  await new Promise<void>((resolve, reject) => {
    let log = '';
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`pcscd ended: ${log}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      log += chunk.toString('latin1');
      if (!/daemon ready/.test(log)) return;
      child.stdout?.removeAllListeners('data').resume();
      const listening = log.match(/Waiting for virtual ICC on port/g)?.length ?? 0;
      if (listening === slots) resolve();
      else reject(new Error(`pcscd has ${listening} of ${slots} slots: ${log}`));
    });
  });
  return child;
}

/**
 * From pcsc-lite 1.9.9 with polkit on, as in Debian 13, the daemon asks polkit for each client and refuses all of them where
 * there is no D-Bus or no session. Ours serves the tests alone; builds without polkit do not know the option.
 */
function withoutPolkit(daemon: string): readonly string[] {
  const { stdout } = spawnSync(daemon, ['--help'], { encoding: 'utf8' });
  return stdout.includes('--disable-polkit') ? ['--disable-polkit'] : [];
}

/**
 * The daemon makes its folder `/run/pcscd` also where its socket is handed over. systemd has made it on a machine where the
 * service ran once; elsewhere an ordinary user may not, and gives it a `/run` that nobody else sees.
 */
function inOwnRun(): readonly [] | readonly [string, ...string[]] {
  if (process.getuid?.() === 0 || existsSync('/run/pcscd')) return [];
  const mounted = 'mount -t tmpfs tmpfs /run && exec "$@"';
  return ['unshare', '--user', '--map-root-user', '--mount', '/bin/sh', '-c', mounted, 'own-run'];
}

async function ended(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function readerEntry(base: number): string {
  const channel = `0x${base.toString(16)}`;
  return `FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:${channel}\nLIBPATH ${driver}\nCHANNELID ${channel}\n`;
}

/** Two neighbouring ports that are free now: a reader's slots listen on such a pair. */
async function freePortPair(): Promise<number> {
  for (;;) {
    const first = await listening(0);
    const address = first?.address();
    const port = typeof address === 'object' && address !== null ? address.port : 65_535;
    const second = port < 65_535 ? await listening(port + 1) : null;
    for (const server of [first, second]) if (server !== null) await new Promise((resolve) => server.close(resolve));
    if (second !== null) return port;
  }
}

function listening(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, () => resolve(server));
  });
}

/** The descriptor behind a listening server. Node keeps it in a property that has no name in its documentation. */
function descriptorOf(server: Server): number {
  const handle: unknown = Reflect.get(server, '_handle');
  const descriptor = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'fd') : undefined;
  if (typeof descriptor !== 'number') throw new Error('this server has no file descriptor');
  return descriptor;
}
