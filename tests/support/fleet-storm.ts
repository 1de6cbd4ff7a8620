import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Cut, cuttingProxy } from './cutting-proxy.ts';
import type { TestPostgres } from './postgres.ts';

/** What happens while stations deliver. */
export interface Storm {
  /** Connections that are cut: every other at some byte, the others in the place of one of the server's answers. */
  readonly cuts: number;
  readonly stationKills: number;
  /** The whole server is killed, and recovers. */
  readonly serverKills: number;
  readonly restarts: number;
  /** About how many bytes are to be delivered: what happens is spread over them. */
  readonly bytes: number;
  /** Longest run of a connection that is to be cut, in bytes and in answers. */
  readonly longestRun: number;
  readonly mostAnswers: number;
}

const script = resolve(import.meta.dirname, 'fleet-station-process.ts');

/**
 * Lets the stations of these folders deliver through a proxy, each as a process of its own, while all of the storm happens; ends
 * when every station says that nothing waits. `setTo` has each station set its headquarters to a port. Answers what happened.
 */
export async function deliverInStorm(
  postgres: TestPostgres,
  folders: readonly string[],
  storm: Storm,
  setTo: (port: number) => Promise<void>,
): Promise<{
  readonly cuts: number;
  readonly stationKills: number;
  readonly serverKills: number;
  readonly restarts: number;
}> {
  const chance = chances(7);
  const happened = { stationKills: 0, serverKills: 0, restarts: 0 };
  const cuts: Cut[] = Array.from({ length: storm.cuts }, (_, index) =>
    index % 2 === 0
      ? { afterBytes: 1 + Math.floor(chance() * storm.longestRun) }
      : { atAnswer: 1 + Math.floor(chance() * storm.mostAnswers) },
  );
  const acts = [
    ...Array.from({ length: storm.stationKills }, () => 'station' as const),
    ...Array.from({ length: storm.serverKills }, () => 'server' as const),
    ...Array.from({ length: storm.restarts }, () => 'restart' as const),
  ].sort(() => chance() - 0.5);
  const step = storm.bytes / (acts.length + 1);
  let done = 0;
  // The server's ends come one after the other.
  let server = Promise.resolve();
  // Who has delivered everything visits headquarters again while connections are left to cut.
  let hasCut = (): number => 0;
  const stations = folders.map((folder) => new StationProcess(folder, () => hasCut() === storm.cuts));
  const proxy = await cuttingProxy(postgres.port, {
    nextCut: () => cuts.shift() ?? null,
    // It lay behind the end of that connection: the next one is cut sooner.
    giveBack: (cut) => void cuts.unshift(halfOf(cut)),
    onBytes: (all) => {
      while (done < acts.length && all >= step * (done + 1)) {
        const act = acts[done];
        if (act === 'station') {
          // Where the one that is hit is about to start again, the next bytes hit another.
          const running = stations.filter((station) => !station.isDone);
          if (running[Math.floor(chance() * running.length)]?.kill() !== true) return;
          happened.stationKills += 1;
        }
        done += 1;
        if (act === 'station') continue;
        if (act === 'server') {
          server = server.then(postgres.kill);
          happened.serverKills += 1;
        } else {
          server = server.then(postgres.restart);
          happened.restarts += 1;
        }
      }
    },
  });
  hasCut = proxy.cut;
  try {
    await setTo(proxy.port);
    for (const station of stations) station.start();
    await Promise.all(stations.map((station) => station.done));
    await server;
    return { cuts: proxy.cut(), ...happened };
  } finally {
    for (const station of stations) station.end();
    await proxy.close();
  }
}

function halfOf(cut: Cut): Cut {
  return 'afterBytes' in cut
    ? { afterBytes: Math.ceil(cut.afterBytes / 2) }
    : { atAnswer: Math.ceil(cut.atAnswer / 2) };
}

/** A station that is started again when it is killed, and until the storm is over. */
class StationProcess {
  readonly done: Promise<void>;
  isDone = false;
  readonly #folder: string;
  readonly #finished = Promise.withResolvers<void>();
  #child: ChildProcess | null = null;

  readonly #isOver: () => boolean;

  constructor(folder: string, isOver: () => boolean) {
    this.#folder = folder;
    this.#isOver = isOver;
    this.done = this.#finished.promise;
  }

  start(): void {
    const child = spawn(process.execPath, [script, this.#folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const said: string[] = [];
    let hasDelivered = false;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'done') this.isDone = this.#isOver();
      hasDelivered ||= line === 'done';
    });
    createInterface({ input: child.stderr }).on('line', (line) => void said.push(line));
    void once(child, 'close').then(() => {
      if (this.isDone) this.#finished.resolve();
      else if (hasDelivered || child.signalCode === 'SIGKILL') this.start();
      else this.#finished.reject(new Error(`a station ended: ${said.slice(0, 20).join('\n')}`));
    });
  }

  /** Whether there was one to kill. */
  kill(): boolean {
    return this.#child !== null && !this.#child.killed && this.#child.kill('SIGKILL');
  }

  end(): void {
    this.isDone = true;
    this.#child?.kill('SIGKILL');
  }
}

/** The same chances each time: a linear congruential generator (Numerical Recipes). */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}
