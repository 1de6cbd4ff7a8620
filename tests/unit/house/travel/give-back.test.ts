import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { houseRecords } from '../../../../main/house/house-records.ts';
import { referralTravel } from '../../../../main/house/travel/travel.ts';
import { machineRandom } from '../../../../main/machine/random.ts';
import { asFailure } from '../../../../main/result/failure.ts';
import type { UnlockedStore } from '../../../../main/store/types.ts';
import { fromOutside } from '../../../support/from-outside.ts';
import { type ParcelStation, parcelStation, trusts } from '../../../support/parcel-stations.ts';
import { temporaryFolder, unlockedIn } from '../../store/support.ts';

/* A case that is given back waits at one of two stations from then on, whatever was typed and whoever else is at work. */

const now = () => '2026-12-01T09:00:00Z';
const why = { name: 'Sara Ung', reason: 'she waits there' };
const noFleet = { isSet: () => false, visit: () => Promise.reject(new Error('no headquarters here')) };

async function pair(): Promise<{
  readonly kiosk: ParcelStation;
  readonly desk: ParcelStation;
  readonly all: UnlockedStore;
  /** Their databases. */
  readonly atKiosk: string;
  readonly atDesk: string;
}> {
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  const [one, other] = [await unlockedIn(folders[0]), await unlockedIn(folders[1])];
  const [kiosk, desk] = [parcelStation(one, noFleet, now), parcelStation(other, noFleet, now)];
  trusts(kiosk, desk);
  trusts(desk, kiosk);
  const [atKiosk, atDesk] = folders.map((folder) => join(folder, 'styrk.db'));
  return { kiosk, desk, all: other, atKiosk: atKiosk ?? '', atDesk: atDesk ?? '' };
}

/** Somebody writes into the file: the seal is bound to when the case was referred. */
const damage = (database: string, id: string): void =>
  fromOutside(database, `UPDATE referrals SET at = '\x1b[31m' WHERE id = '${id}'`);

const codeOf = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (thrown) {
    return asFailure(thrown).code;
  }
};

async function sent(kiosk: ParcelStation, desk: ParcelStation): Promise<void> {
  const parcel = kiosk.travel.handOver(desk.id, null, 'kiosk', (_, act) => act());
  if (parcel === null) throw new Error('nothing was handed over');
  await desk.travel.take(parcel.bytes, 'desk');
}

describe('a case that is given back', () => {
  it('is one case: what is no number of one is refused, and two numbers are none', async () => {
    const { kiosk, desk } = await pair();
    for (const id of ['case-1', 'case-2']) kiosk.refer(id);
    await sent(kiosk, desk);
    for (const typed of ['case-1 case-2', 'case-1 ', ' case-1', '', 'case-1\n', 'x'.repeat(61)])
      expect([typed, codeOf(() => desk.travel.giveBack(kiosk.id, typed, why))]).toEqual([
        typed,
        'referral.id-malformed',
      ]);
    expect(desk.travel.answer(kiosk.id)).toBeNull();
    expect(desk.queue()).toEqual(['case-1', 'case-2']);
    desk.travel.giveBack(kiosk.id, 'case-1', why);
    expect([desk.queue(), desk.travel.answer(kiosk.id)?.ids]).toEqual([['case-2'], ['case-1']]);
  });

  it('waits where it came from again where it was damaged here, which alone has it whole', async () => {
    const { kiosk, desk, atDesk } = await pair();
    for (const id of ['case-1', 'case-2']) kiosk.refer(id);
    await sent(kiosk, desk);
    desk.refer('case-3');
    for (const id of ['case-1', 'case-3']) damage(atDesk, id);
    // One of its own is nobody's to have back.
    expect(codeOf(() => desk.travel.giveBack(kiosk.id, 'case-3', why))).toBe('referral.gone');
    desk.travel.giveBack(kiosk.id, 'case-1', why);
    expect(desk.queue().toSorted()).toEqual(['case-2', 'case-3']);
    const ends = desk.travel.answer(kiosk.id);
    expect(await kiosk.travel.take(ends?.bytes ?? new Uint8Array(), 'kiosk')).toMatchObject({ returned: ['case-1'] });
    expect(kiosk.queue()).toEqual(['case-1']);
  });

  it('is told as decided where it was decided, and as nothing where it waits, whatever the acts say', async () => {
    const { kiosk, desk, all } = await pair();
    for (const id of ['case-1', 'case-2']) kiosk.refer(id);
    await sent(kiosk, desk);
    // As an earlier version kept it: in the acts as given back, and in the queue all the same.
    for (const id of ['case-1', 'case-2'])
      all.acts.record(
        {
          kind: 'referral.give-back',
          at: now(),
          signs: ['SU'],
          reason: 'r',
          detail: { station: kiosk.id, referrals: id },
        },
        () => undefined,
      );
    desk.decide('case-1');
    const answer = desk.travel.answer(kiosk.id);
    expect(answer?.ids).toEqual(['case-1']);
    const taken = await kiosk.travel.take(answer?.bytes ?? new Uint8Array(), 'kiosk');
    expect(taken).toMatchObject({ decided: [{ id: 'case-1' }], returned: [], refused: [] });
  });

  it('is looked for where nobody else writes', async () => {
    const { kiosk, desk, all } = await pair();
    kiosk.refer('case-1');
    await sent(kiosk, desk);
    // Another process may take the same case between a look and the act.
    let writing = false;
    const looked: boolean[] = [];
    const seen = <Part extends object>(part: Part, names: readonly (keyof Part)[]): Part => ({
      ...part,
      ...Object.fromEntries(
        names.map((name) => [
          name,
          (...words: unknown[]) => {
            looked.push(writing);
            return (part[name] as (...all: unknown[]) => unknown)(...words);
          },
        ]),
      ),
    });
    const opened: UnlockedStore = {
      ...all,
      acts: seen(all.acts, ['list', 'broken']),
      referrals: seen(all.referrals, ['get']),
      records: seen(all.records, ['get']),
      atOnce: (act) =>
        all.atOnce(() => {
          writing = true;
          try {
            return act();
          } finally {
            writing = false;
          }
        }),
    };
    const unused = () => {
      throw new Error('nothing is kept here');
    };
    const { keepOutcome } = houseRecords(() => opened, {
      ...{ version: '0.1.0', training: true, policy: unused, newestAt: () => null },
      answers: { caseKept: () => undefined, caseEnded: () => null, taken: () => null },
      publishing: { soon: () => undefined },
    });
    const travel = referralTravel({
      ...{ store: { kind: 'training' }, open: () => opened, now, name: () => null },
      ...{ random: machineRandom, keepOutcome },
    });
    travel.giveBack(kiosk.id, 'case-1', why);
    expect(looked.length).toBeGreaterThan(3);
    expect(new Set(looked)).toEqual(new Set([true]));
    expect(desk.queue()).toEqual([]);
  });
});

describe('cases that are handed over as a file', () => {
  it('go beside one whose copy, or which itself, does not open any more', async () => {
    const { kiosk, desk, atKiosk } = await pair();
    kiosk.refer('case-1');
    await sent(kiosk, desk);
    for (const id of ['case-2', 'case-3']) kiosk.refer(id);
    for (const id of ['case-1', 'case-2']) damage(atKiosk, id);
    const parcel = kiosk.travel.handOver(desk.id, null, 'kiosk', (_, act) => act());
    expect(parcel?.ids).toEqual(['case-3']);
    for (const id of ['case-1', 'case-2'])
      expect(codeOf(() => kiosk.travel.handOver(desk.id, [id], 'kiosk', (_, act) => act()))).toBe('referral.damaged');
  });
});
