import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runHere, startStyrk } from '../support/side-door.ts';
import { referralKills, soaking, soakTimeout } from '../support/soak-numbers.ts';

/*
 * A referred case on its way between two stations, whose process is killed (SIGKILL) before each write of each step: afterwards the case
 * is where it was or where it was to go, never at both and never nowhere; who does the same step again comes on; and in the end one
 * record at each station says the same (docs/referrals.md).
 */

const killer = resolve(import.meta.dirname, '../support/killed-at-write-process.ts');
const administrators = ['--by', 'Anna Ek', '--by', 'Bo Alm'];
const unsure = [
  ...['verify', '--specimen', 'se-passport', '--holder', 'asa', '--purpose', 'renew-bankid'],
  ...['--face', 'unsure', '--reason', 'much younger on the photo'],
];

interface Station {
  readonly data: string;
  readonly id: string;
}

/** Two folders that trust each other, what lies between them on its way, and the case. */
interface Road {
  readonly root: string;
  readonly kiosk: Station;
  readonly desk: Station;
  readonly id: string;
}

type Words = readonly string[];
/** A step of the road: whose it is, and its words. It writes what it writes to a place that is new each time. */
interface Step {
  readonly at: 'kiosk' | 'desk';
  readonly words: (road: Road, file: string) => Words;
  /** What the same step says where it was done already. */
  readonly doneCode: string | null;
}

const out = (road: Road): string => join(road.root, 'out.referrals');
const back = (road: Road): string => join(road.root, 'back.outcomes');

const exporting: Step = {
  at: 'kiosk',
  words: ({ desk }, file) => ['referrals', 'export', file, '--to', desk.id],
  doneCode: null,
};
const taking: Step = { at: 'desk', words: (road) => ['referrals', 'import', out(road)], doneCode: 'referral.taken' };
const deciding: Step = {
  at: 'desk',
  words: ({ id }) => ['referrals', 'decide', id, 'accept', '--reason', 'it is she', '--sign', 'EF'],
  doneCode: 'referral.gone',
};
const givingBack: Step = {
  at: 'desk',
  words: ({ kiosk, id }) => [
    ...['referrals', 'give-back', id, '--from', kiosk.id, '--by', 'Sara Ung'],
    ...['--reason', 'she waits there'],
  ],
  doneCode: 'referral.gone',
};
const answering: Step = {
  at: 'desk',
  words: ({ kiosk }, file) => ['referrals', 'answer', file, '--to', kiosk.id],
  doneCode: null,
};
const takingBack: Step = { at: 'kiosk', words: (road) => ['referrals', 'import', back(road)], doneCode: null };

const argv = (station: Station, words: Words): Words => [...words, '--training', '--json', '--data', station.data];
const run = async (station: Station, ...words: Words) => (await runHere(argv(station, words))).json();

/** Both folders and what lies between them, copied. */
function copied({ root, kiosk, desk, id }: Road): Road {
  const copy = temporary();
  cpSync(root, copy, { recursive: true });
  const moved = (station: Station): Station => ({ ...station, data: station.data.replace(root, copy) });
  return { root: copy, kiosk: moved(kiosk), desk: moved(desk), id };
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-referrals-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function begun(): Promise<Road> {
  const root = temporary();
  const stationAt = async (name: string, kind: string): Promise<Station> => {
    const data = join(root, name);
    await runHere(argv({ data, id: '' }, ['station', 'set', kind, ...administrators]));
    return { data, id: (await run({ data, id: '' }, 'referrals', 'stations')).own.station };
  };
  const [kiosk, desk] = [await stationAt('kiosk', 'unattended'), await stationAt('desk', 'attended')];
  for (const [one, other] of [
    [kiosk, desk],
    [desk, kiosk],
  ] as const) {
    const card = join(root, `${one.id}.card`);
    await run(one, 'referrals', 'stations', '--card', card);
    await run(other, 'referrals', 'trust', card, ...administrators);
  }
  const { record } = await run(kiosk, ...unsure);
  return { root, kiosk, desk, id: record.id };
}

/** Does a step in a process of its own; killed before that write, or never where it is 0. Answers how many writes it made. */
async function inProcess(road: Road, step: Step, file: string, killAt: number): Promise<number | 'killed'> {
  const command = startStyrk(argv(road[step.at], step.words(road, file)), {
    NODE_OPTIONS: `--import=${killer}`,
    ...(killAt === 0 ? {} : { STYRK_KILL_AT_WRITE: String(killAt) }),
  });
  const { stderr, status } = await command.ended;
  if (command.child.signalCode === 'SIGKILL') return 'killed';
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^writes \d+$/m)]);
  return Number(/^writes (\d+)$/m.exec(stderr)?.[1]);
}

/** Where a step leaves what it writes, if it writes a file. */
const fileOf = (road: Road, step: Step): string | null =>
  step === exporting ? out(road) : step === answering ? back(road) : null;

/** Does a step here, as somebody would do it again; what the killed one left of a file is taken away, as they would. */
async function again(road: Road, step: Step): Promise<void> {
  const file = fileOf(road, step);
  if (file !== null) rmSync(file, { force: true });
  const { error } = await run(road[step.at], ...step.words(road, file ?? ''));
  expect([null, step.doneCode]).toContain(error?.code ?? null);
  if (file !== null) expect(existsSync(file)).toBe(true);
}

interface Whereabouts {
  readonly kioskQueue: number;
  readonly handed: number;
  readonly deskQueue: number;
  readonly deskRecord: number;
  readonly kioskRecord: number;
}

async function whereabouts({ kiosk, desk, id }: Road): Promise<Whereabouts> {
  const queued = async (station: Station): Promise<number> =>
    (await run(station, 'referrals', 'list')).referrals.filter((each: { id: string }) => each.id === id).length;
  const recorded = async (station: Station): Promise<number> =>
    (await run(station, 'records', 'list')).records.filter((each: { id: string }) => each.id === `${id}-2`).length;
  const { handed } = await run(kiosk, 'referrals', 'stations');
  return {
    kioskQueue: await queued(kiosk),
    handed: handed.filter((each: { id: string }) => each.id === id).length,
    deskQueue: await queued(desk),
    deskRecord: await recorded(desk),
    kioskRecord: await recorded(kiosk),
  };
}

/** At the kiosk it waits, was handed over, or has ended; at the desk it is not yet, waits, or has ended. */
function expectOnce(where: Whereabouts): void {
  expect(where).toSatisfy(
    ({ kioskQueue, handed, kioskRecord, deskQueue, deskRecord }: Whereabouts) =>
      kioskQueue + handed + kioskRecord === 1 &&
      deskQueue + deskRecord <= 1 &&
      kioskQueue + deskQueue + deskRecord <= 1,
  );
}

/** `count` of so many numbers from 1, spread over all of them; all where that is fewer. */
function spread(most: number, count: number): readonly number[] {
  const taken = Math.min(most, count);
  return Array.from({ length: taken }, (_, index) => 1 + Math.floor(((index + 0.5) * most) / taken));
}

/** Goes the road, and kills each step at its writes, on copies, before it is done. Answers the road at its end, and how many were killed. */
async function gone(road: Road, steps: readonly Step[]): Promise<number> {
  let kills = 0;
  for (const [index, step] of steps.entries()) {
    // Each time every other step: a station's own two, and what lies between them.
    if (!soaking && index % 2 === 0) {
      await again(road, step);
      continue;
    }
    const trial = copied(road);
    const writes = await inProcess(trial, step, fileOf(trial, step) ?? '', 0);
    if (writes === 'killed' || writes < 3) throw new Error(`no writes were counted: ${writes}`);
    for (const write of spread(writes, referralKills)) {
      const killed = copied(road);
      expect(await inProcess(killed, step, fileOf(killed, step) ?? '', write)).toBe('killed');
      kills += 1;
      expectOnce(await whereabouts(killed));
      for (const next of steps.slice(index)) await again(killed, next);
      await expectEnd(killed, steps);
      rmSync(killed.root, { recursive: true });
    }
    rmSync(trial.root, { recursive: true });
    await again(road, step);
  }
  return kills;
}

async function expectEnd(road: Road, steps: readonly Step[]): Promise<void> {
  const where = await whereabouts(road);
  const nowhere = { kioskQueue: 0, handed: 0, deskQueue: 0, deskRecord: 0, kioskRecord: 0 };
  expect(where).toEqual(
    steps.includes(deciding) ? { ...nowhere, deskRecord: 1, kioskRecord: 1 } : { ...nowhere, kioskQueue: 1 },
  );
  for (const station of [road.kiosk, road.desk])
    expect(await run(station, 'records', 'check')).toMatchObject({ intact: true });
}

it('is decided once, wherever a process is killed on the way there and back', { timeout: soakTimeout }, async () => {
  const kills = await gone(await begun(), [exporting, taking, deciding, answering, takingBack]);
  console.log(`${kills} kills on the way to an end`);
  expect(kills).toBeGreaterThan(0);
});

it('waits at one of the two, wherever a process is killed while it is given back', {
  timeout: soakTimeout,
}, async () => {
  const road = await begun();
  for (const step of [exporting, taking]) await again(road, step);
  const kills = await gone(road, [givingBack, answering, takingBack]);
  console.log(`${kills} kills on the way back`);
  expect(kills).toBeGreaterThan(0);
});
