import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openRoster } from '../../../../main/store/open-roster.ts';
import { layerApplication, layerSchema, layerVersion } from '../../../../main/store/roster/layer.ts';
import { RosterStage } from '../../../../main/store/roster/stage.ts';
import { random, temporaryFolder, unlockedIn } from '../support.ts';

// Between the moment in which a layer is ready and the one in which it has its name lies the writing of its log into it: seconds, of a
// large one. Whoever is killed then has left a file that nothing is known of.
it('a layer that was ready and not yet in place when the process was killed is begun anew, and not stumbled over', async () => {
  const directory = temporaryFolder();
  const { rosterKeys } = await unlockedIn(directory);
  using roster = openRoster({ directory, kind: 'training', random, keys: rosterKeys() });
  const path = join(directory, 'roster-staging.db');
  const left = new Database(path);
  left.exec(`BEGIN; ${layerSchema}`);
  left.exec("INSERT INTO blocks VALUES (0, x'00'); INSERT INTO about VALUES (1, '', NULL)");
  left.pragma(`user_version = ${layerVersion}`);
  left.pragma(`application_id = ${layerApplication}`);
  left.exec('COMMIT');
  left.close();
  const stage = new RosterStage(roster, { name: 'staging', of: 'a file', random });
  expect(stage).toMatchObject({ resumed: false, state: { block: 0, people: 0 } });
  stage.flush();
  stage.leave();
  const again = new RosterStage(roster, { name: 'staging', of: 'a file', random });
  const { file } = again.state;
  again.activate(again.index(() => undefined));
  expect(roster.layers().map((layer) => layer.file)).toEqual([file]);
  expect(readdirSync(directory).filter((name) => name.startsWith('roster-'))).toEqual([file]);
  expect(existsSync(path)).toBe(false);
});
