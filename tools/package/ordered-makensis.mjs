// Runs makensis on the script that electron-builder hands over, with its lists of texts in one order: it includes them as they are read,
// so that two runs gave other bytes. Arguments: the program, then its own.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [program, ...given] = process.argv.slice(2);
const lines = readFileSync(0, 'utf8').split('\n');
const listIn = (line) => /^!include "(.*messages\.nsh)"$/.exec(line)?.[1] ?? null;
const lists = lines.filter((line) => listIn(line) !== null);
const byContent = new Map(lists.map((line) => [line, readFileSync(listIn(line), 'utf8')]));
lists.sort((one, other) => (byContent.get(one) < byContent.get(other) ? -1 : 1));
const ordered = lines.map((line) => (listIn(line) === null ? line : lists.shift()));
const { status } = spawnSync(program, given, { input: ordered.join('\n'), stdio: ['pipe', 'inherit', 'inherit'] });
process.exit(status ?? 1);
