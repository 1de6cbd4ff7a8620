import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { openHouse } from '../../main/house/open-house.ts';
import { asFailure } from '../../main/result/failure.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import { caseFacts } from '../unit/records/case-facts.ts';
import { casesDay, type StationOrder, type StationWork, stationDay } from './killed-station.ts';

/*
 * A station as both doors compose it, which keeps cases, erases what is due, takes backups and delivers until it is killed. Tells `ready` when
 * it is loaded, `open` when its folder is, waits for one more line, and tells then line by line what it does and what is done: written at
 * once, not by a stream, so that what was told stays told.
 */
const tell = (line: string): void => {
  writeSync(1, `${line}\n`);
};

tell('ready');
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const order = await lines.next();
// Without an order it was started for its code alone, which the runtime keeps translated where a process ends by itself.
if (order.done !== true) await run(JSON.parse(order.value) as StationOrder);

async function run({ root, directory, outside, from, seed, delivers }: StationOrder): Promise<void> {
  const house = await openHouse({
    directory,
    kind: 'training',
    version: '1.0.0',
    resourcesDirectory: join(root, 'resources'),
    workerUrl: pathToFileURL(join(root, 'main/inspection/worker.ts')),
    key: { kind: 'key-file', path: null },
    readers: 'training',
    clock: { now: () => `${stationDay}T09:00:00Z`, today: () => stationDay as PlainDate },
  });
  const { retention, backup } = house.keeping;
  const works: Readonly<Record<StationWork, (index: number) => Promise<string>>> = {
    case: async (index) => {
      const { id, hash } = await house.keepRecord(
        caseFacts(`${from}-${index}`, {
          decision: { outcome: 'stop', reason: null, by: { sign: 'anna', source: 'typed' } },
          face: { answer: 'unsure', reason: 'x'.repeat((index * 977 + seed) % 9_000) },
          retention: { keep: 'none', years: 1 },
          begunAt: `${casesDay}T09:00:00Z`,
          readAt: `${casesDay}T09:01:00Z`,
          endedAt: `${casesDay}T09:03:00Z`,
        }),
      );
      return `kept ${id} ${hash}`;
    },
    erasing: async () => {
      const { erased } = await retention.eraseDue({ signs: ['AB'], most: 2 });
      return `erased ${erased.join(' ')}`;
    },
    backup: async (index) => {
      const out = join(outside, `${from}-${index}.backup`);
      await backup.take(out, '1.0.0');
      return `taken ${out}`;
    },
    delivery: async () => {
      const { fleet } = house;
      try {
        await fleet.deliver({ signal: new AbortController().signal });
      } catch (thrown) {
        // Headquarters that answers too late, on a machine that has more to do: what was not delivered waits, as at every station.
        const { code } = asFailure(thrown);
        if (!code.startsWith('service.')) throw thrown;
        return `undelivered ${code}`;
      }
      return `delivered ${fleet
        .report()
        ?.parts.map(({ part, delivered }) => `${part}=${delivered}`)
        .join(' ')}`;
    },
  };
  const all: readonly StationWork[] = [
    'case',
    'delivery',
    'case',
    'erasing',
    'case',
    'backup',
    'case',
    'delivery',
    'erasing',
  ];
  tell('open');
  // Whoever began it is gone.
  if ((await lines.next()).done === true) return house.close();
  const turns = all.filter((work) => delivers || work !== 'delivery');
  for (let index = 0; ; index++) {
    const work = turns[(index + seed) % turns.length] ?? 'case';
    tell(`doing ${work}`);
    tell(await works[work](index));
  }
}
