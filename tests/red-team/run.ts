import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AttackEnd } from './attack-end.ts';
import { attacks } from './catalogue.ts';
import { setUpStation } from './ground.ts';
import { redTeamReport, type Tried } from './report.ts';
import { builtWorker } from './station.ts';

/*
 * `npm run red-team`: every attack against the built worker. Prints the table, writes docs/red-team.md, and ends with 1 where
 * one was accepted or was stopped by another line of defence than the one that is meant to stop it.
 */

if (!existsSync(builtWorker)) throw new Error('nothing is built yet: npm run build');
const ground = await setUpStation();
const tried: Tried[] = [];
const fits = ({ stopped }: Tried['attack'], end: AttackEnd): boolean =>
  end.end === stopped.end && end.stoppedBy === stopped.stoppedBy;
for (const attack of attacks) {
  const end = await ground.attack(attack);
  tried.push({ attack, end });
  const note = fits(attack, end) ? '' : `   expected ${attack.stopped.end} by ${attack.stopped.stoppedBy}`;
  process.stdout.write(
    `${attack.area.padEnd(10)}  ${attack.kind.padEnd(44)}  ${end.end.padEnd(7)}  ${end.stoppedBy}${note}\n`,
  );
}
await ground.end();
const accepted = tried.filter(({ end }) => end.end === 'accept').length;
const others = tried.filter(({ attack, end }) => !fits(attack, end)).length;
process.stdout.write(`\n${tried.length} kinds, ${accepted} accepted, ${others} ended otherwise than meant\n`);
if (others === 0) writeFileSync(resolve(import.meta.dirname, '../../docs/red-team.md'), redTeamReport(tried));
process.exit(others === 0 ? 0 : 1);
