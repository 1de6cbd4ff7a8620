import { resolve } from 'node:path';
import { parseMrz } from '../../main/document/mrz.ts';
import { machineClock } from '../../main/house/clock.ts';
import { machineRandom } from '../../main/house/folder.ts';
import { loadResources } from '../../main/house/resources.ts';
import { inspect } from '../../main/inspection/procedure.ts';
import type { TransportLimits } from '../../main/reader/port.ts';
import { createChip } from '../../main/simulator/chip.ts';
import { trainingAnchors } from '../../main/simulator/issuers.ts';
import { issueSpecimen } from '../../main/simulator/specimens.ts';
import { importCertificates } from '../../main/trust/certificate-import.ts';
import { TrustStore } from '../../main/trust/trust-store.ts';

const root = resolve(import.meta.dirname, '../..');
const runs = 9;

/** What one way of reading costs. Times are medians over the runs, in milliseconds, without the simulated chip's own. */
interface ReadingFigures {
  readonly exchanges: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly hostMillis: number;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly exchanges: number }>>;
  readonly stepMillis: Readonly<Record<string, number>>;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** `se-passport` (PACE, DG2 of about 18 KB) in process, with extended and with short length. */
export async function benchReading(): Promise<{ readonly extended: ReadingFigures; readonly short: ReadingFigures }> {
  const today = machineClock.today();
  const { specimens } = loadResources(resolve(root, 'resources'));
  const specimen = issueSpecimen('se-passport', today, specimens);
  const anchors = await importCertificates(
    trainingAnchors(),
    { kind: 'training', digest: 'specimen-issuers', date: null },
    { at: today, known: [], refusedPublicKeys: new Set() },
  );
  const trust = new TrustStore(anchors.certificates);
  const { information } = parseMrz(specimen.mrz.join('\n'), today);

  const measure = async (limits: TransportLimits): Promise<ReadingFigures> => {
    const hosts: number[] = [];
    const steps = new Map<string, number[]>();
    let last: Awaited<ReturnType<typeof inspect>> | null = null;
    for (let run = 0; run < runs; run++) {
      const chip = createChip(specimen, { random: machineRandom });
      let chipMillis = 0;
      const begun = performance.now();
      let stepBegun = 0;
      let chipBefore = 0;
      last = await inspect({
        transport: {
          limits,
          transmit: async (command) => {
            const sent = performance.now();
            const answer = chip.transmit(command);
            chipMillis += performance.now() - sent;
            if (answer === null) throw new Error('the chip left the field');
            return answer;
          },
        },
        accessKey: { kind: 'mrz', information },
        at: today,
        trust,
        random: machineRandom,
        clock: () => performance.now(),
        extendedLength: 'where-stated',
        onProgress: (progress) => {
          if (progress.type !== 'step') return;
          const now = performance.now();
          if (progress.state === 'begun') {
            stepBegun = now;
            chipBefore = chipMillis;
          } else {
            const kept = steps.get(progress.step) ?? [];
            kept.push(now - stepBegun - (chipMillis - chipBefore));
            steps.set(progress.step, kept);
          }
        },
      });
      hosts.push(performance.now() - begun - chipMillis);
    }
    if (last === null) throw new Error('nothing was read');
    const { exchanges, bytesSent, bytesReceived, files } = last.reading;
    return {
      exchanges,
      bytesSent,
      bytesReceived,
      hostMillis: rounded(median(hosts)),
      files: Object.fromEntries(
        Object.entries(files).map(([name, file]) => [name, { bytes: file.bytes, exchanges: file.exchanges }]),
      ),
      stepMillis: Object.fromEntries([...steps].map(([step, millis]) => [step, rounded(median(millis))])),
    };
  };

  return {
    extended: await measure({ extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 }),
    short: await measure({ extendedLength: false, maxCommand: 261, maxResponse: 258 }),
  };
}
