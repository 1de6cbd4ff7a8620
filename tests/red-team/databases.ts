import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { markedTables } from '../../main/store/marks/marked-tables.ts';
import { fromOutside } from '../support/from-outside.ts';
import type { Attack } from './attack.ts';
import type { AttackEnd } from './attack-end.ts';
import { clockAt, passport, type Station, sweden, thief } from './station.ts';

const refer = (stoppedBy: string): AttackEnd => ({ end: 'refer', stoppedBy });

const revokedSigner = { revoked: [4711], number: 2 } as const;
const hex = (bytes: Uint8Array): string => `x'${Buffer.from(bytes).toString('hex')}'`;

/** Writes into the database past Styrk, then comes with the document that it was written for. */
async function writeThenCome(station: Station, sql: string, specimen = thief.issue(passport())): Promise<AttackEnd> {
  await station.leave();
  fromOutside(station.database, sql);
  return station.attempt({ specimen });
}

// The row of the believed CSCA once more, with the thief's certificate in it.
const plantedCertificate = `
  CREATE TEMP TABLE planted AS SELECT * FROM certificates WHERE country = 'SE' LIMIT 1;
  UPDATE planted SET fingerprint = 'f0' || substr(fingerprint, 3), der = ${hex(thief.authority)};
  INSERT INTO certificates SELECT * FROM planted;
  UPDATE certificate_sources SET fingerprint = (SELECT fingerprint FROM planted)
    WHERE fingerprint = (SELECT fingerprint FROM certificates WHERE country = 'FI' LIMIT 1);`;

export const databaseAttacks: readonly Attack[] = (
  [
    ['a planted CSCA', "one INSERT makes the thief's CSCA a believed one", () => plantedCertificate],
    [
      'a CSCA exchanged',
      "one UPDATE puts the thief's certificate in the place of the state's",
      () => `UPDATE certificates SET der = ${hex(thief.authority)} WHERE country = 'SE'`,
    ],
    [
      'a revocation list deleted',
      'one DELETE takes away what revokes',
      () => `DELETE FROM revocation_lists WHERE country = 'SE'`,
    ],
    [
      'a pin exchanged',
      "one UPDATE pins the thief's list signer",
      () => `UPDATE pins SET content = ${hex(thief.authority)}`,
    ],
    [
      'a list that never grows old',
      'one UPDATE makes a stale list fresh',
      () => `UPDATE revocation_lists SET next_update = '2049-12-31', this_update = date('now')`,
    ],
    [
      'an unattended station called attended',
      'one INSERT says that staff are there',
      () => `INSERT OR REPLACE INTO settings VALUES ('station/kind', '"attended"')`,
    ],
    [
      'limits without end',
      'one INSERT lets lists be ten years old',
      () => `INSERT OR REPLACE INTO settings VALUES ('trust/limits', '{"masterList":3650,"revocationList":3650}')`,
    ],
    [
      'the newest day lowered',
      'one UPDATE forgets the newest day, so that the clock may go back',
      () => `UPDATE newest_day SET day = '2020-01-01'`,
    ],
    ['a history forgotten', 'one DELETE takes away what was imported, and by whom', () => 'DELETE FROM trust_imports'],
    [
      'marks forgotten',
      'deletes the marks with the row, so that nothing says what was there',
      () => `DELETE FROM revocation_lists; DELETE FROM row_marks; DELETE FROM marks`,
    ],
  ] as readonly (readonly [string, string, () => string])[]
)
  .map(
    ([kind, tries, sql]): Attack => ({
      kind,
      area: 'databases',
      tries,
      stopped: refer(
        kind === 'a CSCA exchanged' ? 'access.pace: trust.tampered' : 'passive-authentication.path: trust.tampered',
      ),
      run: async (station) => {
        if (kind === 'an unattended station called attended') await station.must('station', 'set', 'unattended');
        return writeThenCome(station, sql(), (kind.includes('CSCA') ? thief : sweden).issue(passport()));
      },
    }),
  )
  .concat([
    {
      kind: 'a part of an older copy',
      area: 'databases',
      tries: 'puts the tables that verdicts rest on back as they were days ago, marks included; the records stay',
      stopped: refer('passive-authentication.path: trust.tampered'),
      run: async (station) => {
        await station.leave();
        const older = station.file('older.db', readFileSync(station.database));
        const later = clockAt(2);
        const revoking = station.file('r.crl', sweden.revocationList(revokedSigner));
        await station.command(['trust', 'import', revoking], later);
        await station.visit({ specimen: sweden.issue(passport()), clock: later });
        const tables = [...markedTables.map(({ name }) => name), 'marks', 'row_marks'];
        const back = tables.map(
          (name) => `DELETE FROM main.${name}; INSERT INTO main.${name} SELECT * FROM older.${name};`,
        );
        fromOutside(station.database, `PRAGMA foreign_keys = OFF; ATTACH '${older}' AS older; ${back.join(' ')}`);
        return station.attempt({ specimen: sweden.issue(passport()), clock: later });
      },
    },
    {
      kind: 'the key of the marks taken away',
      area: 'databases',
      tries: 'removes the key beside the database, so that another one is made',
      stopped: refer('passive-authentication.path: trust.tampered'),
      run: async (station) => {
        await station.leave();
        rmSync(join(station.data, 'styrk.mark-key'));
        return writeThenCome(station, plantedCertificate);
      },
    },
    {
      kind: 'a record changed',
      area: 'databases',
      tries: 'drops the guard of the table and changes a sealed record',
      stopped: { end: 'refused', stoppedBy: 'record.seal-broken' },
      run: async (station) => {
        await station.visit({ specimen: sweden.issue(passport()) });
        await station.leave();
        fromOutside(
          station.database,
          `DROP TRIGGER records_are_not_changed; UPDATE records SET sealed = zeroblob(length(sealed))`,
        );
        const end = await station.command(['records', 'check']);
        const { intact, broken } = end.json();
        return intact === false
          ? { end: 'refused', stoppedBy: String(broken[0]?.code) }
          : { end: 'accept', stoppedBy: 'nothing' };
      },
    },
    {
      kind: 'a folder of another station',
      area: 'databases',
      tries: 'puts the database of another station, which believes the thief, in the place of this one',
      stopped: { end: 'refused', stoppedBy: 'trust.tampered' },
      run: async (station) => {
        const other = station.another();
        await other.must('trust', 'import', other.file('t.cer', thief.authority), '--pin', '--by', 'X. Thief');
        await station.leave();
        station.file('data/styrk.db', readFileSync(other.database));
        return station.attempt({ specimen: thief.issue(passport()) });
      },
    },
  ]);
