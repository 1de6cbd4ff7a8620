import { resolve } from 'node:path';
import { parseMrz } from '../../main/document/mrz.ts';
import { inspect } from '../../main/inspection/procedure.ts';
import { loadOwnPolicies, ownAlone } from '../../main/keeping/policies/own-policies.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { resourcesIn } from '../../main/machine/resources.ts';
import type { TransportLimits } from '../../main/reader/port.ts';
import { createChip } from '../../main/simulator/chip/chip.ts';
import { specimenResources } from '../../main/simulator/documents/specimen.ts';
import { issueSpecimen } from '../../main/simulator/documents/specimens.ts';
import type { IssueHooks } from '../../main/simulator/faults/fault-hooks.ts';
import { judge } from '../../main/verification/verdict.ts';
import { trainingFolderTrust } from '../support/training-issuers.ts';

const root = resolve(import.meta.dirname, '../..');
const runs = 9;

/*
 * The model of a contactless link (docs/benchmarks.md): PACE and chip authentication take what real chips take for them, every
 * other short exchange 37 ms. That is the time of 258 bytes at 106 kbit/s and what chip, reader and driver add to it; an
 * extended exchange has the same addition and the time of its own bytes.
 */
const paceSeconds = 1.5;
const chipAuthenticationSeconds = 0.7;
const shortExchangeSeconds = 0.037;
const secondsPerByte = 8 / 106_000;
const shortAnswer = 258;
const additionSeconds = shortExchangeSeconds - shortAnswer * secondsPerByte;

type Model = 'short' | 'extended';

/** What one way of reading costs. Times are medians over the runs, in milliseconds, without the simulated chip's own. */
interface ReadingFigures {
  readonly exchanges: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly hostMillis: number;
  /** How long a real chip would take by the model, the host's time not included. */
  readonly modelSeconds: number;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly exchanges: number }>>;
  readonly stepMillis: Readonly<Record<string, number>>;
}

interface BothFigures {
  readonly extended: ReadingFigures;
  readonly short: ReadingFigures;
  /** From the last byte of DG2 to the verdict, of whichever way takes longer. */
  readonly verdictAfterLastByteMillis: number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Which exchanges are those of an access protocol, by their headers: they go under another part of the model. */
class LinkModel {
  readonly #model: Model;
  #reading = 0;
  #pace = false;
  #chipAuthentication = false;

  constructor(model: Model) {
    this.#model = model;
  }

  count(command: Uint8Array, answer: Uint8Array): void {
    const [cla = 0, ins = 0] = command;
    if (ins === 0x22 || ins === 0x86) {
      if ((cla & 0x0c) === 0) this.#pace = true;
      else this.#chipAuthentication = true;
      return;
    }
    const bytes = command.length + answer.length;
    this.#reading += this.#model === 'short' ? shortExchangeSeconds : additionSeconds + bytes * secondsPerByte;
  }

  get seconds(): number {
    const protocols = (this.#pace ? paceSeconds : 0) + (this.#chipAuthentication ? chipAuthenticationSeconds : 0);
    return Math.round((protocols + this.#reading) * 100) / 100;
  }
}

// As much as EF.SOD must grow to have the 2 KB of the goal: real ones hold longer names and certificates.
const paddingOfSecurityObject = 570;

/** Without DG11 and DG12, and with a longer signer's name, so that it is the document of the goal. */
const documentOfTheGoal: IssueHooks = {
  dataGroup: (number, contents) => (number === 11 || number === 12 ? null : contents),
  certificate: (content) => ({
    ...content,
    subject: { ...content.subject, commonName: content.subject.commonName.padEnd(paddingOfSecurityObject, '.') },
  }),
};

/**
 * `se-passport` in process, with extended and with short length: PACE-GM and chip authentication over brainpoolP256r1, EF.SOD
 * of about 2 KB, DG1, DG14, DG2 of about 18 KB. EF.COM and EF.ATR/INFO are read as well.
 */
export async function benchReading(hooks: readonly IssueHooks[] = [documentOfTheGoal]): Promise<BothFigures> {
  const today = machineClock.today();
  const read = resourcesIn(resolve(root, 'resources'));
  const specimens = specimenResources(read);
  const policies = ownAlone(loadOwnPolicies(read));
  const specimen = issueSpecimen('se-passport', today, specimens, hooks);
  const trust = await trainingFolderTrust(today);
  const { information } = parseMrz(specimen.mrz.join('\n'), today);
  const verdicts: number[][] = [];

  const measure = async (model: Model, limits: TransportLimits): Promise<ReadingFigures> => {
    const hosts: number[] = [];
    const afterLastByte: number[] = [];
    verdicts.push(afterLastByte);
    const steps = new Map<string, number[]>();
    let link = new LinkModel(model);
    let last: Awaited<ReturnType<typeof inspect>> | null = null;
    for (let run = 0; run < runs; run++) {
      const chip = createChip(specimen, { random: machineRandom });
      link = new LinkModel(model);
      let chipMillis = 0;
      const begun = performance.now();
      let stepBegun = 0;
      let chipBefore = 0;
      let lastByte = 0;
      last = await inspect({
        transport: {
          limits,
          transmit: async (command) => {
            const sent = performance.now();
            const answer = chip.transmit(command);
            chipMillis += performance.now() - sent;
            if (answer === null) throw new Error('the chip left the field');
            link.count(command, answer);
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
          const now = performance.now();
          if (progress.type === 'file' && progress.file === 'EF.DG2' && progress.bytesRead === progress.bytesTotal)
            lastByte = now;
          if (progress.type !== 'step') return;
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
      const { verdict } = judge(policies.of('document').policy, last.checks, {
        training: true,
        specimen: last.specimen,
      });
      if (verdict !== 'accept') throw new Error(`the specimen comes to ${verdict}`);
      afterLastByte.push(performance.now() - lastByte);
    }
    if (last === null) throw new Error('nothing was read');
    const { exchanges, bytesSent, bytesReceived, files } = last.reading;
    return {
      exchanges,
      bytesSent,
      bytesReceived,
      hostMillis: rounded(median(hosts)),
      modelSeconds: link.seconds,
      files: Object.fromEntries(
        Object.entries(files).map(([name, file]) => [name, { bytes: file.bytes, exchanges: file.exchanges }]),
      ),
      stepMillis: Object.fromEntries([...steps].map(([step, millis]) => [step, rounded(median(millis))])),
    };
  };

  const extended = await measure('extended', { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 });
  const short = await measure('short', { extendedLength: false, maxCommand: 261, maxResponse: 258 });
  return { extended, short, verdictAfterLastByteMillis: rounded(Math.max(...verdicts.map(median))) };
}

/** The same for `se-passport` as it is issued, DG11 and DG12 among its files. */
export function benchPassport(): Promise<BothFigures> {
  return benchReading([]);
}
