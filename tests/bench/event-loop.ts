import { resolve } from 'node:path';
import { parseMrz } from '../../main/document/mrz.ts';
import { encodeTlv } from '../../main/document/tlv.ts';
import { matchOnce } from '../../main/holders/match-once.ts';
import { createInspector } from '../../main/inspection/inspector.ts';
import { machineAfter, machineClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { resourcesIn } from '../../main/machine/resources.ts';
import { createChip } from '../../main/simulator/chip/chip.ts';
import { specimenResources } from '../../main/simulator/documents/specimen.ts';
import { issueSpecimen } from '../../main/simulator/documents/specimens.ts';
import { TrainingReader, trainingReaderName } from '../../main/simulator/training-reader.ts';
import { standardLimits } from '../../main/trust/path/freshness.ts';
import { trainingFolderTrust } from '../support/training-issuers.ts';

const root = resolve(import.meta.dirname, '../..');
const workerUrl = new URL('../../main/inspection/worker.ts', import.meta.url);
const name = 'Ö'.repeat(200);
const holder = { id: 'bench', personalNumber: null, givenNames: name, surname: name, birthDate: null };

const utf8 = new TextEncoder();
const fullName = (text: string): Uint8Array => encodeTlv(0x6b, encodeTlv(0x5f0e, utf8.encode(text)));

/** Home-made groups that are as dear to read as their makers could think of: each just fits a file of 64 KB. */
const groups: Readonly<Record<string, Uint8Array>> = {
  'one word of letters with three forms each': fullName('Ü'.repeat(32_700)),
  'words of letters with three forms each': fullName(`${'Ü'.repeat(60)} `.repeat(530)),
  'very many words': fullName('Ä '.repeat(21_000)),
  'white space that ends in a letter': fullName(`${' '.repeat(65_400)}A${' '.repeat(50)}B`),
  fillers: fullName('<'.repeat(65_400)),
  'very many other names': encodeTlv(
    0x6b,
    encodeTlv(0xa0, ...Array.from({ length: 9_200 }, () => encodeTlv(0x5f0f, utf8.encode('ÄÖ')))),
  ),
  'the longest name that is taken': fullName(`${'Ü'.repeat(50)} `.repeat(7)),
  'the dearest name that is taken': fullName(`${'Ö'.repeat(19)}Ü `.repeat(19)),
  'a name as people have': fullName('Öberg<<Åsa Linnéa'),
};

interface DelayFigures {
  readonly bytes: number;
  /** What became of the group. */
  readonly code: string | null;
  /** The longest time for which the main process did nothing else, without the simulated chip's own work, in milliseconds. */
  readonly longestDelayMillis: number;
  /** The most that its thread computed in such a time, which other load of the machine does not change, in milliseconds. */
  readonly longestComputedMillis: number;
  /** What matching with a holder of 400 letters computed, in milliseconds. */
  readonly matchMillis: number;
}

/** How long a home-made DG11 holds the main process, read through the inspection worker as the desk reads it. */
export async function benchEventLoop(): Promise<Readonly<Record<string, DelayFigures>>> {
  const today = machineClock.today();
  const specimens = specimenResources(resourcesIn(resolve(root, 'resources')));
  const trust = await trainingFolderTrust(today);
  const inspector = createInspector(workerUrl, machineAfter);
  const figures: Record<string, DelayFigures> = {};
  // The first one is made twice: a worker that is not warm is another measure.
  const [[firstName, first] = ['', new Uint8Array()]] = Object.entries(groups);
  const usual = groups['a name as people have'] ?? first;
  for (const [label, group] of [[firstName, first] as const, [firstName, usual] as const, ...Object.entries(groups)]) {
    const specimen = issueSpecimen('se-passport', today, specimens, [
      { dataGroup: (number, contents) => (number === 11 ? group : contents) },
    ]);
    const reader = new TrainingReader();
    reader.lay(createChip(specimen, { random: machineRandom }));
    const connection = await reader.connect(trainingReaderName);
    const chip = { millis: 0, computed: 0 };
    const timed = {
      ...connection,
      transmit: async (command: Uint8Array) => {
        const [begun, computed] = [performance.now(), computedMillis()];
        // The training reader's chip answers before its first wait, so this is its work alone.
        const answer = connection.transmit(command);
        chip.millis += performance.now() - begun;
        chip.computed += computedMillis() - computed;
        return answer;
      },
    };
    const watch = watchDelays(chip);
    const inspection = await inspector.inspect(
      {
        accessKey: { kind: 'mrz', information: parseMrz(specimen.mrz.join('\n'), today).information },
        at: today,
        time: { limits: standardLimits, newestKnown: null, behind: null },
        extendedLength: 'where-stated',
      },
      { connection: timed, trust, onProgress: () => undefined },
    );
    const begun = computedMillis();
    matchOnce(() => today)(holder, inspection);
    const matchMillis = rounded(computedMillis() - begun);
    await new Promise((next) => setTimeout(next, 5));
    const code = inspection.reading.files['EF.DG11']?.code ?? null;
    figures[label] = { bytes: group.length, code, ...watch.stop(), matchMillis };
  }
  await inspector.close();
  return figures;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

const computedMillis = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

interface Spent {
  readonly millis: number;
  readonly computed: number;
}

// Ticks every millisecond; what lies between two ticks beyond that, and was not the simulated chip's, is delay.
function watchDelays(chip: Spent): {
  stop(): Pick<DelayFigures, 'longestDelayMillis' | 'longestComputedMillis'>;
} {
  const now = (): Spent => ({ millis: performance.now() - chip.millis, computed: computedMillis() - chip.computed });
  let longestDelayMillis = 0;
  let longestComputedMillis = 0;
  let before = now();
  const tick = (): void => {
    const at = now();
    longestDelayMillis = Math.max(longestDelayMillis, at.millis - before.millis - 1);
    longestComputedMillis = Math.max(longestComputedMillis, at.computed - before.computed);
    before = at;
  };
  const timer = setInterval(tick, 1);
  return {
    stop() {
      tick();
      clearInterval(timer);
      return {
        longestDelayMillis: rounded(longestDelayMillis),
        longestComputedMillis: rounded(longestComputedMillis),
      };
    },
  };
}
