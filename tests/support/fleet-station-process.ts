import { fleetOf } from '../../main/fleet/fleet.ts';
import { keepDelivering } from '../../main/fleet/keep-delivering.ts';
import { machineAfter, machineClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { openStore } from '../../main/store/open-store.ts';

/*
 * A station that delivers by itself, as a process that can be killed: `fleet-station-process.ts FOLDER`. It says `done` when
 * nothing waits any more. Its pauses are a hundredth of the real ones.
 */
const [directory = ''] = process.argv.slice(2);
const store = openStore({ directory, kind: 'training', create: false, random: machineRandom });
const unlocked = await store.unlock({ kind: 'key-file', path: null });
const fleet = fleetOf(store, () => unlocked, {
  clock: machineClock,
  after: machineAfter,
  random: machineRandom,
  take: async () => undefined,
});
const pauses = {
  after: (millis: number, act: () => void) => machineAfter(millis / 100, act),
  random: machineRandom,
};
const delivering = keepDelivering({ deliver: fleet.deliver, isSet: () => true, ...pauses }, () => {
  const report = fleet.report();
  if (report?.last?.code !== null || report.parts.some(({ newest, delivered }) => newest !== delivered)) return;
  process.stdout.write('done\n');
  void delivering.close().then(() => process.exit(0));
});
