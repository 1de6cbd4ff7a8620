import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stationKind } from '../../../main/keeping/station-kind.ts';
import { checkIn, runHere, temporaryFolder } from '../../support/side-door.ts';

function ordinaryStation() {
  const folder = temporaryFolder();
  const passphrase = join(folder, 'passphrase');
  writeFileSync(passphrase, 'correct horse\n');
  const data = join(folder, 'data');
  const run = (...argv: readonly string[]) => runHere([...argv, '--data', data, '--json']);
  const set = (...argv: readonly string[]) => run('station', 'set', ...argv, '--passphrase-file', passphrase);
  const told = async () => {
    const { items } = (await run('doctor')).json();
    return items.find(({ id }: { id: string }) => id === 'station');
  };
  return { run, set, told };
}

it('a station that nobody set counts as unattended, and doctor says so', async () => {
  const { run, told } = ordinaryStation();
  // Looking makes no folder, setting something does.
  expect((await run('station', 'show')).json()).toMatchObject({ error: { code: 'storage.missing' } });
  expect((await run('trust', 'limits', '--master-list', '150')).status).toBe(0);
  expect((await run('station', 'show')).json()).toMatchObject({ kind: null, countsAs: 'unattended' });
  expect(await told()).toMatchObject({ state: 'warning', code: 'station.kind-missing' });
});

it('station set needs the key of the folder, keeps what it was told, and takes nothing else', async () => {
  const { run, set, told } = ordinaryStation();
  const locked = await run('station', 'set', 'attended');
  expect([locked.status, locked.json().error.code]).toEqual([3, 'storage.locked']);
  expect((await run('station', 'show')).json().kind).toBeNull();

  const answer = await set('attended');
  expect([answer.status, answer.json()]).toEqual([0, { kind: 'attended', countsAs: 'attended', name: null }]);
  const shown = (await run('station', 'show')).json();
  expect(shown).toMatchObject(answer.json());
  // Once it is unlocked it has the key that its receipts are checked with.
  expect(shown.logKey).toMatch(/^styrk\.invalid\/station-[0-9a-f]{16}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/);
  expect(await told()).toMatchObject({ state: 'ok', detail: 'attended' });

  const other = await set('supervised');
  expect([other.status, other.json().error.code]).toEqual([2, 'arguments.unusable']);
  expect((await set('unattended')).json().kind).toBe('unattended');
});

it('a station is named beside its kind, in what can be seen of a name, and a name of nothing is none', async () => {
  const { run, set } = ordinaryStation();
  const named = await set('attended', '--name', '  Uppsala,\u202e kassa 2 ');
  expect([named.status, named.json().name]).toEqual([0, 'Uppsala, kassa 2']);
  // Saying the kind alone leaves the name.
  expect((await set('unattended')).json()).toMatchObject({ kind: 'unattended', name: 'Uppsala, kassa 2' });
  const nothing = await set('attended', '--name', '\u200b ');
  expect(nothing.json().error.code).toBe('station.name-missing');
  expect((await set('attended', '--name', 'x'.repeat(81))).json().error.code).toBe('input.too-large');
  // Both or neither: what was refused has set no kind.
  expect((await run('station', 'show')).json()).toMatchObject({ kind: 'unattended', name: 'Uppsala, kassa 2' });
});

it.each([null, 7, 'ATTENDED', ['attended'], {}])('a setting of %j counts as none', (setting) => {
  expect(stationKind({ get: () => setting as never })).toBeNull();
});

it.each([
  ['attended', 'successful', null, 'accept'],
  ['unattended', 'undetermined', 'check.not-made', 'refer'],
] as const)(
  'at a station that is %s the face answer leaves the living person %s, and the record keeps which it was',
  async (kind, result, code, verdict) => {
    const training = ['--training', '--data', temporaryFolder(), '--json'];
    await runHere(['station', 'set', kind, ...training]);
    const holder = ['--specimen', 'se-passport', '--holder', 'asa', '--purpose', 'renew-bankid', '--face', 'same'];
    const verified = (await runHere(['verify', ...holder, ...training])).json();
    expect(checkIn(verified, 'face.presentation-attack')).toMatchObject({ result, code, detail: { station: kind } });
    expect(verified.verdict).toBe(verdict);
    const { content } = (await runHere(['records', 'show', verified.record.id, ...training])).json();
    expect(content.stationKind).toBe(kind);
  },
);
