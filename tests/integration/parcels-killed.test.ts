import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrolled, fleetSetTo, headquartersOf } from '../support/fleet-stations.ts';
import { type ParcelStation, parcelStation, trusts } from '../support/parcel-stations.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { startStyrk } from '../support/side-door.ts';
import { referralKills, soakTimeout } from '../support/soak-numbers.ts';
import { temporaryFolder, today, unlockedIn } from '../unit/store/support.ts';

/*
 * A round of the way over headquarters whose process is killed (SIGKILL) before each of its writes: afterwards the case is at one of the
 * two stations, the next round comes on, and one record at each says the same (docs/referrals.md).
 */

const killer = resolve(import.meta.dirname, '../support/killed-at-write-process.ts');

/** So many of the writes of each step, spread over all of them; a soak kills before each. */
const killsOfStep = 2;

type Step = 'there' | 'taken' | 'back' | 'ended';

describe.skipIf(postgresPrograms === null)('a round over headquarters that is killed', () => {
  let postgres: TestPostgres;
  let sealingKey: Uint8Array;
  const now = (): string => new Date().toISOString();
  const clock = { now, today: () => today };
  beforeAll(async () => {
    postgres = await startPostgres();
    sealingKey = (await headquartersOf(postgres)).publicKey;
  }, 120_000);
  afterAll(() => postgres.close());

  type Station = ParcelStation & { readonly directory: string };

  async function station(): Promise<Station> {
    const directory = temporaryFolder();
    const opened = await unlockedIn(directory);
    const { identity } = await enrolled(postgres, opened);
    return { ...parcelStation(opened, fleetSetTo(postgres, opened, { identity, sealingKey, clock }), now), directory };
  }

  /** A round in a process of its own; killed before that write, or never where it is 0. Answers how many writes it made. */
  async function roundOf({ directory }: Station, killAt: number): Promise<number | 'killed'> {
    const command = startStyrk(['fleet', 'deliver', '--training', '--json', '--data', directory], {
      NODE_OPTIONS: `--import=${killer}`,
      ...(killAt === 0 ? {} : { STYRK_KILL_AT_WRITE: String(killAt) }),
    });
    const { stderr, status } = await command.ended;
    if (command.child.signalCode === 'SIGKILL') return 'killed';
    // A later round may have less to write than the one that was counted: it ends before the kill.
    if (killAt > 0) {
      expect(status).toBe(0);
      return 0;
    }
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^writes \d+$/m)]);
    return Number(/^writes (\d+)$/m.exec(stderr)?.[1]);
  }

  it('leaves the case at one of the two, and the next comes on', { timeout: soakTimeout }, async () => {
    const [kiosk, desk] = [await station(), await station()];
    trusts(kiosk, desk);
    trusts(desk, kiosk);
    kiosk.travel.setRoute(desk.id, ['A. Berg', 'C. Dahl']);
    const here = (one: Station) => one.exchange({ signal: new AbortController().signal });
    const rounds: readonly (readonly [Step, Station])[] = [
      ['there', kiosk],
      ['taken', desk],
      ['back', desk],
      ['ended', kiosk],
    ];
    let kills = 0;
    /** A case goes all the way; the round of one step is killed before that write. Answers how many writes that step made. */
    const gone = async (id: string, killed: Step, killAt: number): Promise<number | 'killed'> => {
      kiosk.refer(id);
      let writes: number | 'killed' = 0;
      for (const [step, one] of rounds) {
        if (step === 'back') desk.decide(id);
        if (step === killed) {
          writes = await roundOf(one, killAt);
          const waiting = [kiosk.queue().includes(id), desk.queue().includes(id)].filter(Boolean).length;
          const handed = kiosk.travel.handed().some((each) => each.id === id);
          expect([waiting, handed], `${id} ${step}`).toSatisfy(
            ([places, away]: readonly [number, boolean]) => places <= 1 && (away || places === 1 || step === 'ended'),
          );
        }
        await here(one);
      }
      expect([kiosk.queue(), kiosk.travel.handed(), desk.queue()], id).toEqual([[], [], []]);
      const { hash } = desk.opened.records.get(`${id}-2`);
      expect(kiosk.opened.records.get(`${id}-2`).content.elsewhere).toEqual({ station: desk.id, hash });
      return writes;
    };
    for (const [step] of rounds) {
      // The first of a process writes down more than those after it.
      await gone(`${step}-first`, step, 0);
      const writes = await gone(`${step}-0`, step, 0);
      if (writes === 'killed' || writes < 3) throw new Error(`no writes were counted: ${writes}`);
      const most = Math.min(writes, Math.max(referralKills, killsOfStep));
      for (let index = 0; index < most; index++) {
        const killAt = 1 + Math.floor(((index + 0.5) * writes) / most);
        if ((await gone(`${step}-${killAt}`, step, killAt)) === 'killed') kills += 1;
      }
    }
    console.log(`${kills} kills of rounds`);
    expect(kills).toBeGreaterThanOrEqual(rounds.length);
    await here(desk);
    for (const one of [kiosk, desk]) expect(one.opened.parcels.untaken()).toEqual([]);
  });
});
