import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { operatingSystemUser, type StationClock } from '../../../main/machine/clock.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import type { UnlockedStore } from '../../../main/store/types.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { madeAuthorities } from '../../support/made-trust-files.ts';
import { anOrder } from '../../support/orders.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';
import { unlockedIn } from '../store/support.ts';

/*
 * What administrators do to the station itself: asked outside any page, in an unlocked folder, by two people, recorded in a
 * chain that the station signs.
 */

const verify = ['verify', '--training', '--specimen', 'se-passport', '--holder', 'asa', '--purpose', 'renew-bankid'];
const judged = [...verify, '--face', 'same', '--json'];
const two = ['--by', 'A. Berg', '--by', 'C. Dahl'];

const clockOf = (day: string): StationClock => ({ now: () => `${day}T09:00:00Z`, today: () => day as PlainDate });

function station() {
  const data = temporaryFolder();
  const run = (argv: readonly string[], machine: Parameters<typeof runHere>[1] = {}) =>
    runHere([...argv, '--data', data], machine);
  const acts = async () => (await run(['records', 'check', '--training', '--json'])).json().acts;
  return { data, run, acts, database: join(data, 'styrk.db') };
}

describe('trust mend', () => {
  it('takes out what others put in, once somebody says yes, and the station accepts again', async () => {
    const { run, acts, database } = station();
    expect((await run(judged)).json().verdict).toBe('accept');
    fromOutside(database, "INSERT INTO trust_sources VALUES (99, 'pinned', 'thief', '2026-01-01', NULL, NULL)");
    fromOutside(database, 'CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM pins; END');
    expect((await run(judged)).json().verdict).toBe('refer');
    const mend = ['trust', 'mend', '--training', ...two, '--reason', 'an edited copy', '--json'];
    // Who had said yes was told only then that a reason is missing.
    const unasked = { answerLine: () => expect.fail('asked') };
    const unfounded = ['trust', 'mend', '--training', ...two, '--json'];
    expect((await run(unfounded, unasked)).json()).toMatchObject({ error: { code: 'decision.reason-missing' } });
    const unsaid = await run(mend, { answerLine: async () => null });
    expect(unsaid.json()).toMatchObject({ error: { code: 'trust.not-confirmed' } });
    expect((await run(mend)).json()).toMatchObject({
      mended: expect.arrayContaining([{ table: 'trust_sources', key: '[99]', what: 'inserted' }]),
    });
    expect((await run(judged)).json().verdict).toBe('accept');
    expect(await acts()).toEqual({ all: 1, broken: [], end: 'fits' });
    expect((await run(mend)).json()).toMatchObject({ error: { code: 'trust.nothing-to-mend' } });
    fromOutside(database, "UPDATE acts SET reason = 'another' WHERE number = 1");
    expect(await acts()).toEqual({ all: 1, broken: [1], end: 'fits' });
  });
});

describe('the newest day', () => {
  it('stays although a record is written under an earlier clock, until two administrators say that it was wrong', async () => {
    const { run } = station();
    const right = { clock: clockOf('2026-11-23') };
    expect((await run(judged, { clock: clockOf('2027-03-01') })).json().record).not.toBeNull();
    for (let times = 0; times < 2; times++)
      expect((await run(judged, right)).json().reasons).toContain('clock.went-back');
    const checked = await run(['records', 'check', '--training', '--json'], right);
    expect(checked.json()).toMatchObject({ intact: true, backwards: [{ number: 2 }, { number: 3 }] });
    const accept = ['clock', 'accept', '--training', ...two, '--json'];
    expect((await run(accept, right)).json()).toMatchObject({ error: { code: 'decision.reason-missing' } });
    const accepted = await run([...accept, '--reason', 'the clock ran ahead'], right);
    expect(accepted.json()).toEqual({ before: '2027-03-01', day: '2026-11-23' });
    expect((await run(judged, right)).json().verdict).toBe('accept');
  });

  // A tester's walk of a clock: set back by up to a day it was silent, although the station's own records prove it.
  it('is not what its own records are measured by: a clock that was set back some hours is told everywhere', async () => {
    const { run } = station();
    const at = (time: string) => ({
      clock: { now: () => `2026-11-23T${time}:00.000Z`, today: () => '2026-11-23' as PlainDate },
    });
    expect((await run(judged, at('12:00'))).json().verdict).toBe('accept');
    expect((await run(judged, at('11:56'))).json().verdict).toBe('accept');
    const back = (await run(judged, at('09:00'))).json();
    expect(back.verdict).toBe('refer');
    expect(back.reasons).toContain('clock.went-back');
    const expiry = back.checks.find(({ id }: { id: string }) => id === 'document.expiry');
    expect(expiry).toMatchObject({ code: 'clock.went-back', detail: { behind: '2026-11-23T12:00:00.000Z' } });
    const { items } = (await run(['doctor', '--training', '--json'], at('09:00'))).json();
    expect(items.find(({ id }: { id: string }) => id === 'clock')).toMatchObject({ code: 'clock.went-back' });
    const checked = await run(['records', 'check', '--training', '--json'], at('12:10'));
    expect(checked.json()).toMatchObject({ intact: true, backwards: [{ number: 3 }] });
  });

  // A tester's walk of a clock: one that ran ahead some hours and was right again refused every order that has a time, and to accept it
  // did not help.
  it('and the newest instant with it: a clock that ran ahead some hours is accepted to the hour', async () => {
    const { data, run } = station();
    const at = (time: string) => ({
      clock: { now: () => `2026-11-23T${time}:00.000Z`, today: () => '2026-11-23' as PlainDate },
    });
    const order = join(data, '..', `order-${process.pid}.json`);
    onTestFinished(() => rmSync(order, { force: true }));
    writeFileSync(order, JSON.stringify(anOrder({ purpose: null })));
    const transfer = [
      'verify',
      '--training',
      '--specimen',
      'se-passport',
      '--holder',
      'asa',
      '--face',
      'same',
      '--json',
    ];
    const ordered = [...transfer, '--purpose', 'large-transfer', '--order', order];
    await run(['station', 'set', '--training', '--attended', '--by', 'Anna Ek', '--by', 'Bo Alm'], at('09:00'));
    expect((await run(judged, at('15:00'))).json().record).not.toBeNull();
    expect((await run(ordered, at('12:00'))).json().error).toMatchObject({ code: 'clock.went-back' });
    const accept = ['clock', 'accept', '--training', ...two, '--json', '--reason', 'the clock ran ahead'];
    expect((await run(accept, at('12:01'))).json()).toEqual({ before: '2026-11-23', day: '2026-11-23' });
    const confirmed = await run(ordered, at('12:02'));
    expect([confirmed.status, confirmed.json().decision?.outcome]).toEqual([0, 'go-on']);
    // What was dated by the accepted clock counts, and what is written from now on.
    const again = JSON.stringify(anOrder({ purpose: null, id: 'order-2' }));
    writeFileSync(order, again);
    expect((await run(ordered, at('11:00'))).json().error).toMatchObject({ code: 'clock.went-back' });
  });

  it('is not the one that --at gives: what is judged by it leaves no record', async () => {
    const { run } = station();
    const end = await run([...judged, '--at', '2027-03-01']);
    expect(end.json().record).toBeNull();
    expect((await run(['records', 'list', '--training', '--json'])).json().records).toEqual([]);
    expect((await run(judged)).json().verdict).toBe('accept');
  });
});

describe('taking back', () => {
  it.each([
    ['a zero-width space', 'A. Berg\u200b'],
    ['a soft hyphen', 'A. B\u00aderg'],
    ['a filler that no font shows', 'A. Berg\u3164'],
    ['wide letters', 'Ａ. Ｂｅｒｇ'],
    ['another case', 'a. BERG'],
  ])('%s makes no second person', async (_, name) => {
    const { run } = station();
    const end = await run(['trust', 'restore', '--training', '--by', 'A. Berg', '--by', name, '--json']);
    expect(end.json()).toMatchObject({ error: { code: 'trust.pin-same-person' } });
  });

  it('needs an unlocked folder and a yes', async () => {
    const { run } = station();
    const data = temporaryFolder();
    await runHere(['trust', 'limits', '--data', data]);
    const locked = await runHere(['trust', 'restore', ...two, '--json', '--data', data]);
    expect(locked.json()).toMatchObject({ error: { code: 'storage.locked' } });
    const unsaid = await run(['trust', 'restore', '--training', ...two, '--json'], { answerLine: async () => 'no' });
    expect(unsaid.json()).toMatchObject({ error: { code: 'trust.not-confirmed' } });
  });
});

describe('an anchor that somebody vouches for', () => {
  it('names who did: those who were given, else the account at work', async () => {
    const data = temporaryFolder();
    const [one, two] = madeAuthorities(2).map((bytes, index) => {
      const path = join(data, `${index}.cer`);
      writeFileSync(path, bytes);
      return path;
    });
    const taken = (...argv: readonly string[]) =>
      runHere(['trust', 'import', ...argv, '--pin', '--json', '--data', data]);
    expect((await taken(one ?? '')).status).toBe(0);
    expect((await taken(two ?? '', '--by', 'A. Berg')).status).toBe(0);
    expect((await taken(two ?? '', '--by', '\u200b')).json()).toMatchObject({
      error: { code: 'operator.name-missing' },
    });
    const { json } = await runHere(['trust', 'history', '--json', '--data', data]);
    expect(JSON.stringify(json())).toContain('"signer":"A. Berg"');
    expect(JSON.stringify(json())).toContain(`"signer":${JSON.stringify(operatingSystemUser())}`);
  });
});

it('a folder that another process holds is told before the document is read', async () => {
  const { run, database } = station();
  await run(judged);
  const other = new Database(database);
  onTestFinished(() => {
    other.close();
  });
  other.exec('BEGIN IMMEDIATE');
  const end = await run(judged);
  expect(end.json()).toMatchObject({ error: { code: 'storage.busy' } });
  other.exec('ROLLBACK');
  expect((await run(['records', 'list', '--training', '--json'])).json().records).toHaveLength(1);
});

describe('a folder that another process takes while the document is read', () => {
  const busyNotes = (stderr: string) => stderr.split('(storage.busy)').length - 1;

  /** Verifies; the lock is taken with the reading's first word, and given back once it was told so often that it is held. */
  async function held(given: { readonly releasedAfter: number; readonly meanwhile?: (open: UnlockedStore) => void }) {
    const { run, data, database } = station();
    await run(judged);
    const elsewhere = given.meanwhile === undefined ? null : await unlockedIn(data);
    const other = new Database(database);
    onTestFinished(() => {
      other.close();
    });
    let stderr = '';
    const end = await run(judged, {
      error: (text) => {
        stderr += text;
        if (!other.inTransaction && busyNotes(stderr) === 0 && stderr.includes('Reader:'))
          other.exec('BEGIN IMMEDIATE');
        if (!other.inTransaction || busyNotes(stderr) !== given.releasedAfter) return;
        other.exec('ROLLBACK');
        if (elsewhere !== null) given.meanwhile?.(elsewhere);
      },
    });
    if (other.inTransaction) other.exec('ROLLBACK');
    return {
      end,
      notes: busyNotes(stderr),
      listed: (await run(['records', 'list', '--training', '--json'])).json().records,
    };
  }

  it('has its record once the folder is free: what was read is not lost for a moment’s lock', async () => {
    const { end, notes, listed } = await held({ releasedAfter: 3 });
    expect(notes).toBe(3);
    expect(end.status).toBe(0);
    expect(listed.map(({ id }: { id: string }) => id)).toContain(end.json().record.id);
    expect(listed).toHaveLength(2);
  });

  // A tester's walk of two desks: the customer had died by a register that came while the record waited, and the case went on.
  it('is judged once more for each further try: what came meanwhile keeps it from going on', async () => {
    const { end, listed } = await held({
      releasedAfter: 1,
      meanwhile: ({ holders }) => {
        const asa = holders.get('asa');
        if (asa === null) throw new Error('no roster');
        holders.importAll([{ ...asa, deceased: { since: null } }]);
      },
    });
    expect(end.status).toBe(1);
    expect(end.json().decision).toMatchObject({ outcome: 'abandoned', code: 'decision.verdict-changed' });
    expect(listed[0]).toMatchObject({ id: end.json().record.id, outcome: 'abandoned' });
  });

  it('that never becomes free: twelve tries, then the verdict is told, that it left no record, and exit 3', async () => {
    const { end, notes, listed } = await held({ releasedAfter: Number.POSITIVE_INFINITY });
    expect(notes).toBe(12);
    expect(end.status).toBe(3);
    expect(end.json()).toMatchObject({ verdict: 'accept', record: null, document: { issuer: 'SWE' } });
    expect(listed).toHaveLength(1);
  });
});
