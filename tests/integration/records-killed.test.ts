import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openFolder } from '../../main/house/folder.ts';
import { backupKeeping } from '../../main/keeping/backup/backup-keeping.ts';
import { newBankKey, readBankKey } from '../../main/keeping/backup/bank-key.ts';
import { restoreFolder } from '../../main/keeping/backup/restore-folder.ts';
import { writeAnchors } from '../../main/keeping/log/anchors.ts';
import { machineRandom } from '../../main/machine/random.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import { SecretBytes } from '../../main/result/secret-bytes.ts';
import type { Store, UnlockedStore } from '../../main/store/types.ts';
import { asAdministrator, enrolled, fleetSetTo, headquartersOf } from '../support/fleet-stations.ts';
import { type StationOrder, type StationWork, stationDay, stationWorks } from '../support/killed-station.ts';
import { postgresPrograms, startPostgres } from '../support/postgres.ts';
import { recordKills, soaking, soakTimeout } from '../support/soak-numbers.ts';

/*
 * kill -9 at random points of cases, erasures, backups and deliveries: everything that was told is there afterwards, at headquarters
 * too, chain, log, acts and marks are whole, nothing is half, and the folder goes on. Where no PostgreSQL is installed (Debian's,
 * tools/setup) nothing is delivered, and the run says so.
 */

const processFile = resolve(import.meta.dirname, '../support/killed-station-process.ts');
const clock = { now: () => `${stationDay}T10:00:00Z`, today: () => stationDay as PlainDate };
const ownKey = { kind: 'key-file', path: null } as const;

/** A station that works until it is killed. */
class WorkingStation {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly lines: { readonly line: string; readonly at: number }[] = [];
  #rest = '';
  #errors = '';
  #wake = (): void => undefined;
  #over = false;
  readonly #ended: Promise<unknown>;

  constructor(codeFolder: string) {
    const env = { ...process.env, NODE_COMPILE_CACHE: codeFolder };
    this.#child = spawn(process.execPath, [processFile], { stdio: 'pipe', env });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${this.#rest}${text}`.split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.lines.push({ line, at: performance.now() });
      this.#wake();
    });
    this.#ended = once(this.#child, 'close').then(() => {
      this.#over = true;
      this.#wake();
    });
  }

  /** Resolves once it has told the line so many times. */
  async heard(wanted: string, times: number): Promise<void> {
    while (this.lines.filter(({ line }) => line === wanted).length < times) {
      if (this.#over) throw new Error(`the station ended by itself: ${this.#errors}`);
      await new Promise<void>((resolveWait) => {
        this.#wake = resolveWait;
      });
    }
  }

  async begin(order: StationOrder): Promise<void> {
    await this.heard('ready', 1);
    this.#child.stdin.end(`${JSON.stringify(order)}\n`);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
    expect(this.#child.signalCode, this.#errors).toBe('SIGKILL');
  }

  /** What it told last that it was doing, if it did not tell that it was done. */
  get cutOff(): StationWork | null {
    const last = /^doing (\w+)$/.exec(this.lines.at(-1)?.line ?? '')?.[1];
    return stationWorks.find((work) => work === last) ?? null;
  }

  /** The longest time, in milliseconds, that a work of this kind took. */
  longest(work: StationWork): number {
    const spans = this.lines.flatMap(({ line, at }, index) => {
      const next = this.lines[index + 1];
      return line === `doing ${work}` && next !== undefined ? [next.at - at] : [];
    });
    return Math.max(...spans);
  }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function opened<Answer>(
  directory: string,
  act: (store: Store, unlocked: UnlockedStore) => Promise<Answer> | Answer,
): Promise<Answer> {
  const store = await openFolder({ directory, kind: 'training', clock });
  try {
    return await act(store, await store.unlock(ownKey));
  } finally {
    store.close();
  }
}

async function pause(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  if (milliseconds >= 2) await setTimeout(milliseconds - 1);
  // A timer knows no parts of a millisecond.
  while (performance.now() < end);
}

it(
  'kill -9 at random points of cases, erasures, backups and deliveries: everything told is there, chain and tree verify, nothing is half',
  async () => {
    const postgres = postgresPrograms === null ? null : await startPostgres();
    if (postgres === null) process.stdout.write('no PostgreSQL here: nothing is delivered\n');
    else onTestFinished(() => postgres.close());
    const works = stationWorks.filter((work) => postgres !== null || work !== 'delivery');
    const delivers = postgres !== null;
    const root = temporaryFolder();
    const [directory, outside, anchor, codeFolder] = ['data', 'outside', 'anchor', 'code'].map((name) =>
      join(root, name),
    ) as [string, string, string, string];
    for (const folder of [outside, anchor, codeFolder]) mkdirSync(folder);
    const { secretText, publicText } = newBankKey(machineRandom);
    const stationId = await opened(directory, async (store, unlocked) => {
      unlocked.acceptDay(stationDay as PlainDate);
      const backup = backupKeeping(store, () => unlocked, { clock, random: machineRandom });
      backup.setKey(readBankKey(publicText, 'public'), ['AB', 'CD']);
      writeAnchors(store.settings, { files: [anchor], witnesses: [] });
      if (postgres !== null) {
        const { publicKey: sealingKey } = await headquartersOf(postgres);
        const { identity } = await enrolled(postgres, unlocked);
        fleetSetTo(postgres, { store, ...unlocked }, { identity, sealingKey, clock });
      }
      return unlocked.station.id;
    });

    const kept = new Map<string, string>();
    const erased = new Set<number>();
    const told = { records: 0, checkpoints: 0, answers: 0, erasures: 0 };
    const restoredOf = new Set<string>();
    const note = ({ lines }: WorkingStation): void => {
      for (const { line } of lines) {
        const [word, ...rest] = line.split(' ');
        if (word === 'kept') kept.set(rest[0] ?? '', rest[1] ?? '');
        if (word === 'erased') for (const number of rest.filter((text) => text !== '')) erased.add(Number(number));
        for (const [, part, number] of word === 'delivered' ? line.matchAll(/(\w+)=(\d+)/g) : [])
          told[part as keyof typeof told] = Number(number);
        if (word === 'taken') expect(existsSync(rest[0] ?? ''), line).toBe(true);
      }
    };

    /** What headquarters holds is the chain from its first record on, as far as its mark says, and all that the station was told. */
    const wholeAtHeadquarters = async (chain: readonly string[]): Promise<number> => {
      if (postgres === null) return 0;
      // One question, one state: what a killed station had sent may still be on its way.
      const { rows } = await asAdministrator(postgres, (connection) =>
        connection.ask(
          `SELECT s.records, s.records_digest, s.checkpoints, s.erasures,
                  (SELECT coalesce(string_agg(r.number || ' ' || r.hash, ',' ORDER BY r.number), '') FROM styrk.records r WHERE r.station = s.station) AS held,
                  (SELECT max(c.number) FROM styrk.checkpoints c WHERE c.station = s.station) AS checkpoint,
                  (SELECT coalesce(string_agg(e.number::text, ',' ORDER BY e.number), '') FROM styrk.erasures e WHERE e.station = s.station) AS notices
             FROM styrk.stations s WHERE s.station = $1`,
          [stationId],
        ),
      );
      const [at] = rows as Record<string, string | null>[];
      const listIn = (text: string | null | undefined) => (text ?? '').split(',').filter((each) => each !== '');
      const held = listIn(at?.held);
      expect(held).toEqual(chain.slice(0, held.length));
      expect([at?.records, at?.records_digest]).toEqual([String(held.length), held.at(-1)?.split(' ')[1] ?? '']);
      expect(at?.checkpoint ?? '0').toBe(at?.checkpoints);
      expect(listIn(at?.notices)).toEqual(
        Array.from({ length: Number(at?.erasures) }, (_, index) => String(index + 1)),
      );
      expect(held.length).toBeGreaterThanOrEqual(told.records);
      expect(Number(at?.checkpoints)).toBeGreaterThanOrEqual(told.checkpoints);
      expect(Number(at?.erasures)).toBeGreaterThanOrEqual(told.erasures);
      return held.length;
    };

    const whole = async (): Promise<void> => {
      const chainNow = await opened(directory, async (store, { records, log, acts }) => {
        const chain = records.check();
        expect(chain.broken).toEqual([]);
        expect(log.check()).toEqual({ size: chain.records, intact: true, broken: [] });
        expect(acts.broken()).toEqual([]);
        expect(store.integrity().touched).toEqual([]);
        // What lies where administrators had it written is a state that the folder has gone through.
        const [file] = readdirSync(anchor).filter((name) => name.endsWith('.checkpoint'));
        if (file !== undefined) expect(log.against(readFileSync(join(anchor, file), 'utf8')).code).toBeNull();
        const listed = new Map(records.list({ limit: chain.records + 1 }).map((record) => [record.id, record]));
        for (const [id, hash] of kept) expect([id, listed.get(id)?.hash]).toEqual([id, hash]);
        for (const record of listed.values()) {
          // Erased by an act, or whole: nothing between.
          expect(record.erased === undefined).toBe(record.content !== null);
          if (erased.has(record.number)) expect(record.content).toBeNull();
        }
        await wholeAtHeadquarters([...listed.values()].map(({ number, hash }) => `${number} ${hash}`).reverse());
        return chain.records;
      });
      // A backup that has its name is whole, told or not; what was being written has none.
      const named = readdirSync(outside).filter((name) => name.endsWith('.backup') && !restoredOf.has(name));
      for (const name of named) {
        restoredOf.add(name);
        const to = join(root, 'restored');
        // Where its administrators have checkpoints written lies that of a case after it: an older state is taken knowingly.
        const olderBy = { names: ['EF', 'GH'], reason: 'the station went on after it' };
        const order = { file: join(outside, name), to, checkpoints: [], olderBy, signs: ['EF'], provider: null };
        const secretKey = new SecretBytes(readBankKey(secretText, 'secret'));
        const restored = await restoreFolder({ ...order, secretKey }, { clock, random: machineRandom });
        expect([name, restored.intact]).toEqual([name, true]);
        expect(restored.size, name).toBeLessThanOrEqual(chainNow);
        expect(restored.isOlder, name).toBe(restored.size < (restored.seen ?? restored.size));
        rmSync(to, { recursive: true });
        rmSync(join(outside, name));
      }
    };

    // How long each takes, told by one that is killed where it has done each.
    const first = new WorkingStation(codeFolder);
    await first.begin({ directory, outside, from: 'first', seed: 0, delivers });
    for (const work of works) await first.heard(`doing ${work}`, 2);
    await first.kill();
    note(first);
    await whole();
    const spans = Object.fromEntries(works.map((work) => [work, first.longest(work)]));

    const cut: Record<StationWork | 'between', number> = { case: 0, erasing: 0, backup: 0, delivery: 0, between: 0 };
    let next = new WorkingStation(codeFolder);
    for (let index = 0; index < recordKills; index++) {
      const station = next;
      await station.begin({ directory, outside, from: `run${index}`, seed: index, delivers });
      const work = works[index % works.length] ?? 'case';
      await station.heard(`doing ${work}`, 1 + Math.floor(Math.random() * 2));
      await pause(Math.random() * (spans[work] ?? 0));
      await station.kill();
      // It loads while the folder is looked at.
      next = new WorkingStation(codeFolder);
      note(station);
      cut[station.cutOff ?? 'between'] += 1;
      if (index % 50 === 49)
        process.stdout.write(`${index + 1} kills, ${kept.size} cases, ${told.records} delivered\n`);
      await whole();
    }
    await next.kill();
    const sums = `${kept.size} cases, ${erased.size} erased, ${told.records} delivered`;
    process.stdout.write(`${recordKills} kills ${JSON.stringify(cut)}, ${sums}\n`);
    expect(kept.size).toBeGreaterThan(recordKills / 2);
    expect(erased.size).toBeGreaterThan(0);
    if (delivers) expect(told.records).toBeGreaterThan(0);
    for (const work of works) if (soaking) expect(cut[work]).toBeGreaterThan(0);

    // Nothing of a killed backup or erasing stays: the next one takes it along.
    await opened(directory, async (store, unlocked) => {
      const backup = backupKeeping(store, () => unlocked, { clock, random: machineRandom });
      await backup.take(join(outside, 'last.backup'), '1.0.0');
    });
    expect(readdirSync(directory).filter((name) => name.includes('snapshot'))).toEqual([]);
    const database = new Database(join(directory, 'styrk.db'), { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  },
  Math.max(soakTimeout, 900_000),
);
