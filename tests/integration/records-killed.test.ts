import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { type StationWork, stationDay, stationWorks } from '../support/killed-station.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { precisePause } from '../support/precise-pause.ts';
import { recordKills, soaking, soakTimeout } from '../support/soak-numbers.ts';
import { builtStation, type WorkingStation } from '../support/working-station.ts';

/*
 * kill -9 at random points of cases, erasures, backups and deliveries: everything that was told is there afterwards, at headquarters
 * too, chain, log, acts and marks are whole, nothing is half, and the folder goes on. Where no PostgreSQL is installed (Debian's,
 * tools/setup) nothing is delivered, and the run says so.
 *
 * All of a folder is looked at after each kill, so that a chain which only grew would make each dearer than the one before: after so many
 * kills a folder is left whole, and others are begun. Two take turns: while one is looked at, the station of the other opens its own.
 */

const killsOfFolder = 50;
const clock = { now: () => `${stationDay}T10:00:00Z`, today: () => stationDay as PlainDate };
const ownKey = { kind: 'key-file', path: null } as const;

interface Headquarters {
  readonly postgres: TestPostgres;
  readonly sealingKey: Uint8Array;
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

/** A folder whose station is killed again and again, and all that was told of it. */
class KilledFolder {
  readonly kept = new Map<string, string>();
  readonly erased = new Set<number>();
  readonly told = { records: 0, checkpoints: 0, answers: 0, erasures: 0 };
  /** How long each of its works takes at most, in milliseconds. */
  readonly spans: Partial<Record<StationWork, number>> = {};
  readonly #start: () => WorkingStation;
  readonly #root: string;
  readonly #headquarters: Headquarters | null;
  readonly #bankKey = newBankKey(machineRandom);
  readonly #restoredOf = new Set<string>();
  #station: WorkingStation;
  #stationId = '';
  #seed = 0;

  constructor(root: string, headquarters: Headquarters | null, start: () => WorkingStation) {
    this.#root = root;
    this.#headquarters = headquarters;
    this.#start = start;
    this.#station = start();
    onTestFinished(() => this.#station.kill());
    for (const folder of [root, this.#outside, this.#anchor]) mkdirSync(folder);
  }

  get #directory(): string {
    return join(this.#root, 'data');
  }

  get #outside(): string {
    return join(this.#root, 'outside');
  }

  get #anchor(): string {
    return join(this.#root, 'anchor');
  }

  /** Makes the folder, and finds how long each work takes, told by a station that is killed where it has done each. */
  async make(works: readonly StationWork[]): Promise<void> {
    const headquarters = this.#headquarters;
    this.#stationId = await opened(this.#directory, async (store, unlocked) => {
      unlocked.acceptDay(stationDay as PlainDate);
      const backup = backupKeeping(store, () => unlocked, { clock, random: machineRandom });
      backup.setKey(readBankKey(this.#bankKey.publicText, 'public'), ['AB', 'CD']);
      writeAnchors(store.settings, { files: [this.#anchor], witnesses: [] });
      if (headquarters !== null) {
        const { postgres, sealingKey } = headquarters;
        const { identity } = await enrolled(postgres, unlocked);
        fleetSetTo(postgres, { store, ...unlocked }, { identity, sealingKey, clock });
      }
      return unlocked.station.id;
    });
    this.#open();
    const first = await this.#killed(async (station) => {
      for (const work of works) await station.heard(`doing ${work}`, 2);
    });
    for (const work of works) this.spans[work] = first.longest(work);
  }

  /** Kills its station at some point of the work, or of what comes after it. Answers what was cut off. */
  async kill(work: StationWork): Promise<StationWork | null> {
    const { cutOff } = await this.#killed(async (station) => {
      await station.heard(`doing ${work}`, 1 + Math.floor(Math.random() * 2));
      await precisePause(Math.random() * (this.spans[work] ?? 0));
    });
    return cutOff;
  }

  #open(): void {
    const [directory, outside] = [this.#directory, this.#outside];
    const seed = this.#seed++;
    this.#station.open({ directory, outside, from: `run${seed}`, seed, delivers: this.#headquarters !== null });
  }

  async #killed(point: (station: WorkingStation) => Promise<void>): Promise<WorkingStation> {
    const station = this.#station;
    await station.work();
    await point(station);
    await station.kill();
    // It loads while the folder is looked at, and opens it while the other folder's station works.
    this.#station = this.#start();
    this.#note(station);
    await this.#isWhole();
    this.#open();
    return station;
  }

  #note({ lines }: WorkingStation): void {
    for (const { line } of lines) {
      const [word, ...rest] = line.split(' ');
      if (word === 'kept') this.kept.set(rest[0] ?? '', rest[1] ?? '');
      if (word === 'erased') for (const number of rest.filter((text) => text !== '')) this.erased.add(Number(number));
      for (const [, part, number] of word === 'delivered' ? line.matchAll(/(\w+)=(\d+)/g) : [])
        this.told[part as keyof typeof this.told] = Number(number);
      if (word === 'taken') expect(existsSync(rest[0] ?? ''), line).toBe(true);
    }
  }

  async #isWhole(): Promise<void> {
    const chainNow = await opened(this.#directory, async (store, { records, log, acts }) => {
      const chain = records.check();
      expect(chain.broken).toEqual([]);
      expect(log.check()).toEqual({ size: chain.records, intact: true, broken: [] });
      expect(acts.broken()).toEqual([]);
      expect(acts.end()).toBe('fits');
      expect(store.integrity().touched).toEqual([]);
      // What lies where administrators had it written is a state that the folder has gone through.
      const [file] = readdirSync(this.#anchor).filter((name) => name.endsWith('.checkpoint'));
      if (file !== undefined) expect(log.against(readFileSync(join(this.#anchor, file), 'utf8')).code).toBeNull();
      const listed = new Map(records.list({ limit: chain.records + 1 }).map((record) => [record.id, record]));
      for (const [id, hash] of this.kept) expect([id, listed.get(id)?.hash]).toEqual([id, hash]);
      for (const record of listed.values()) {
        // Erased by an act, or whole: nothing between.
        expect(record.erased === undefined).toBe(record.content !== null);
        if (this.erased.has(record.number)) expect(record.content).toBeNull();
      }
      await this.#isWholeAtHeadquarters([...listed.values()].map(({ number, hash }) => `${number} ${hash}`).reverse());
      return chain.records;
    });
    // A backup that has its name is whole, told or not; what was being written has none.
    const named = readdirSync(this.#outside).filter((name) => name.endsWith('.backup') && !this.#restoredOf.has(name));
    for (const name of named) {
      this.#restoredOf.add(name);
      const to = join(this.#root, 'restored');
      // Where its administrators have checkpoints written lies that of a case after it: an older state is taken knowingly.
      const olderBy = { names: ['EF', 'GH'], reason: 'the station went on after it' };
      const order = { file: join(this.#outside, name), to, checkpoints: [], olderBy, signs: ['EF'], provider: null };
      const secretKey = new SecretBytes(readBankKey(this.#bankKey.secretText, 'secret'));
      const restored = await restoreFolder({ ...order, secretKey }, { clock, random: machineRandom });
      expect([name, restored.intact]).toEqual([name, true]);
      expect(restored.size, name).toBeLessThanOrEqual(chainNow);
      expect(restored.isOlder, name).toBe(restored.size < (restored.seen ?? restored.size));
      rmSync(to, { recursive: true });
      rmSync(join(this.#outside, name));
    }
  }

  /** What headquarters holds is the chain from its first record on, as far as its mark says, and all that the station was told. */
  async #isWholeAtHeadquarters(chain: readonly string[]): Promise<void> {
    if (this.#headquarters === null) return;
    // One question, one state: what a killed station had sent may still be on its way.
    const { rows } = await asAdministrator(this.#headquarters.postgres, (connection) =>
      connection.ask(
        `SELECT s.records, s.records_digest, s.checkpoints, s.erasures,
                (SELECT coalesce(string_agg(r.number || ' ' || r.hash, ',' ORDER BY r.number), '') FROM styrk.records r WHERE r.station = s.station) AS held,
                (SELECT max(c.number) FROM styrk.checkpoints c WHERE c.station = s.station) AS checkpoint,
                (SELECT coalesce(string_agg(e.number::text, ',' ORDER BY e.number), '') FROM styrk.erasures e WHERE e.station = s.station) AS notices
           FROM styrk.stations s WHERE s.station = $1`,
        [this.#stationId],
      ),
    );
    const [at] = rows as Record<string, string | null>[];
    const listIn = (text: string | null | undefined) => (text ?? '').split(',').filter((each) => each !== '');
    const held = listIn(at?.held);
    expect(held).toEqual(chain.slice(0, held.length));
    expect([at?.records, at?.records_digest]).toEqual([String(held.length), held.at(-1)?.split(' ')[1] ?? '']);
    expect(at?.checkpoint ?? '0').toBe(at?.checkpoints);
    expect(listIn(at?.notices)).toEqual(Array.from({ length: Number(at?.erasures) }, (_, index) => String(index + 1)));
    expect(held.length).toBeGreaterThanOrEqual(this.told.records);
    expect(Number(at?.checkpoints)).toBeGreaterThanOrEqual(this.told.checkpoints);
    expect(Number(at?.erasures)).toBeGreaterThanOrEqual(this.told.erasures);
  }

  /** Nothing of a killed backup or erasing stays: the next one takes it along. */
  async end(): Promise<void> {
    await this.#station.kill();
    await this.#isWhole();
    await opened(this.#directory, async (store, unlocked) => {
      const backup = backupKeeping(store, () => unlocked, { clock, random: machineRandom });
      await backup.take(join(this.#outside, 'last.backup'), '1.0.0');
    });
    expect(readdirSync(this.#directory).filter((name) => name.includes('snapshot'))).toEqual([]);
    const database = new Database(join(this.#directory, 'styrk.db'), { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
    rmSync(this.#root, { recursive: true });
  }
}

it(
  'kill -9 at random points of cases, erasures, backups and deliveries: everything told is there, chain and tree verify, nothing is half',
  async () => {
    const postgres = postgresPrograms === null ? null : await startPostgres();
    if (postgres === null) process.stdout.write('no PostgreSQL here: nothing is delivered\n');
    else onTestFinished(() => postgres.close());
    const headquarters =
      postgres === null ? null : { postgres, sealingKey: (await headquartersOf(postgres)).publicKey };
    const works = stationWorks.filter((work) => headquarters !== null || work !== 'delivery');
    const root = temporaryFolder();
    const start = await builtStation(root);

    const cut: Record<StationWork | 'between', number> = { case: 0, erasing: 0, backup: 0, delivery: 0, between: 0 };
    const sums = { kills: 0, folders: 0, cases: 0, erased: 0, delivered: 0 };
    while (sums.kills < recordKills) {
      const folders = ['one', 'other'].map(
        (name) => new KilledFolder(join(root, `${name}-${sums.folders}`), headquarters, start),
      );
      for (const folder of folders) await folder.make(works);
      for (let turn = 0; turn < killsOfFolder; turn++)
        for (const folder of folders) {
          if (sums.kills === recordKills) break;
          cut[(await folder.kill(works[turn % works.length] ?? 'case')) ?? 'between'] += 1;
          sums.kills += 1;
        }
      for (const folder of folders) {
        await folder.end();
        sums.folders += 1;
        sums.cases += folder.kept.size;
        sums.erased += folder.erased.size;
        sums.delivered += folder.told.records;
      }
      process.stdout.write(`${JSON.stringify(sums)} ${JSON.stringify(cut)}\n`);
    }
    expect(sums.cases).toBeGreaterThan(recordKills / 2);
    expect(sums.erased).toBeGreaterThan(0);
    if (headquarters !== null) expect(sums.delivered).toBeGreaterThan(0);
    for (const work of works) if (soaking) expect(cut[work]).toBeGreaterThan(0);
  },
  Math.max(soakTimeout, 900_000),
);
