import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people } from '../../main/simulator/documents/people.ts';
import type { Attack } from './attack.ts';
import type { AttackEnd } from './attack-end.ts';
import { believed, holderId, listRoot, masterList, passphrase, Station } from './station.ts';

/** The station that attacks start from. */
export interface Ground {
  /** An honest visit at the station that nobody has touched. */
  readonly visit: Station['visit'];
  /** One attack: on what leaves the station as it is, at that station; else at a fresh copy of it. */
  readonly attack: (attack: Attack) => Promise<AttackEnd>;
  readonly end: () => Promise<void>;
}

/** Sets a station up as an administrator does. */
export async function setUpStation(): Promise<Ground> {
  const base = mkdtempSync(join(tmpdir(), 'styrk-red-team-'));
  const ground = new Station(join(base, 'ground'));
  mkdirSync(ground.folder);
  ground.file('passphrase', `${passphrase}\n`);
  const signer = ground.file('signer.cer', listRoot);
  await ground.must(
    'trust',
    'import',
    ground.file('list.ml', masterList(believed.map(({ authority }) => authority))),
    '--signer',
    signer,
    '--by',
    'A. Berg',
    '--by',
    'C. Dahl',
  );
  const lists = believed.map((state) => ground.file(`${state.country}.crl`, state.revocationList()));
  await ground.must('trust', 'import', ...lists);
  await ground.must('station', 'set', 'attended');
  const { personalNumber, givenNames, surname, birthDate } = people.asa;
  const rows = `id,personalNumber,givenNames,surname,birthDate\n${[holderId, personalNumber, givenNames, surname, birthDate].join()}\n`;
  await ground.must('holders', 'import', ground.file('holders.csv', rows));
  await ground.leave();
  let count = 0;
  const copy = (): Station => {
    count += 1;
    const station = new Station(join(base, String(count)));
    cpSync(ground.folder, station.folder, { recursive: true });
    return station;
  };
  const shared = copy();
  return {
    visit: (visit) => shared.visit(visit),
    attack: async (attack) => {
      if (attack.leavesStation === true) return attack.run(shared);
      const station = copy();
      try {
        return await attack.run(station);
      } finally {
        await station.leave();
      }
    },
    end: async () => {
      await shared.leave();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
