import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { matchingReport, mostRejected } from './report.ts';
import { runSuite, totalOf } from './suite.ts';

/*
 * `npm run test:match`: the labelled pairs by kind. Prints the table, writes docs/matching.md, and ends with 1 where two
 * people were taken for one, or more of the same person were rejected than may be.
 */

const tallies = runSuite();
const report = matchingReport(tallies);
for (const { kind, same, pairs, counts } of tallies) {
  const { accept, refer, reject } = counts;
  const label = same ? 'one person ' : 'two people ';
  const numbers = [pairs, accept, refer, reject].map((count) => String(count).padStart(6)).join('');
  process.stdout.write(`${label} ${kind.name.padEnd(60)}${numbers}\n`);
}
const [one, two] = [totalOf(tallies, true), totalOf(tallies, false)];
const summary =
  `${one.pairs + two.pairs} pairs (columns: pairs, accepted, referred, rejected)\n` +
  `two people: ${two.accept} of ${two.pairs} accepted\n` +
  `one person: ${one.reject} of ${one.pairs} rejected, ${one.refer} referred, ${one.accept} accepted\n`;
process.stdout.write(`\n${summary}`);
const fails = two.accept > 0 || one.reject / one.pairs > mostRejected;
if (!fails) writeFileSync(resolve(import.meta.dirname, '../../../../docs/matching.md'), report);
process.exit(fails ? 1 : 0);
