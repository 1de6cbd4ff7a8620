import { isDeepStrictEqual } from 'node:util';
import { ChipFiles } from '../../../main/chip/read-file.ts';
import { parseMrz } from '../../../main/document/mrz.ts';
import { inspect } from '../../../main/inspection/procedure.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import type { TransportLimits } from '../../../main/reader/port.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { Failure } from '../../../main/result/failure.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import type { SpecimenId } from '../../../main/simulator/documents/specimen.ts';
import type { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { jsonOf } from '../mutate-json.ts';
import { SeededRandom } from '../random.ts';
import { Finding, type Target } from '../target.ts';
import { corruptFiles, innerCorruption, WireCorruption } from './corruption.ts';
import { mutateScenario, readScenario, type Scenario, specimensToInspect } from './scenario.ts';
import { policies, specimen, today, utf8 } from './specimen-files.ts';
import { trainingTrust } from './trust.ts';

const readers: Readonly<Record<Scenario['reader'], TransportLimits>> = {
  short: { extendedLength: false, maxCommand: 261, maxResponse: 258 },
  extended: { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 },
  narrow: { extendedLength: true, maxCommand: 512, maxResponse: 512 },
};

/** No honest document needs a tenth of it; DG2 alone may have 256 KB. */
const mostExchanges = 12_000;

/** What one inspection came to, with the bytes of every file that was read. */
interface Run {
  readonly inspection: Inspection;
  readonly verdict: string;
  readonly files: ReadonlyMap<string, string>;
}

let trust: TrustStore | null = null;

// The bytes of files are no part of an inspection's result, so they are taken where they are read.
function recordFiles(into: Map<string, string>): () => void {
  const { read } = ChipFiles.prototype;
  ChipFiles.prototype.read = async function (name) {
    const reading = await read.call(this, name);
    into.set(name, toHex(reading.bytes));
    return reading;
  };
  return () => {
    ChipFiles.prototype.read = read;
  };
}

async function play(scenario: Scenario): Promise<Run> {
  trust ??= await trainingTrust();
  const { chip: profile, mrz } = specimen(scenario.specimen);
  const drawn = [new SeededRandom(scenario.seed, 1), new SeededRandom(scenario.seed, 2)] as const;
  const chip = createChip(
    { chip: corruptFiles(profile, scenario.changes) },
    { random: (length) => drawn[0].bytes(length), faults: { answers: [innerCorruption(scenario.changes)] } },
  );
  const wire = new WireCorruption(scenario.changes);
  const files = new Map<string, string>();
  let exchanges = 0;
  const restore = recordFiles(files);
  try {
    const inspection = await inspect({
      transport: {
        limits: readers[scenario.reader],
        transmit: async (command) => {
          // A chip that is endless is ended here, and it is a finding: the reading should have given up.
          if (++exchanges > mostExchanges) throw new Failure('card.removed');
          const answer = wire.change(chip.transmit(command), exchanges);
          if (answer === null) throw new Failure('card.removed');
          return answer;
        },
      },
      accessKey: { kind: 'mrz', information: parseMrz(mrz.join('\n'), today).information },
      at: today,
      trust,
      random: (length) => drawn[1].bytes(length),
      clock: () => 0,
      extendedLength: scenario.extendedLength,
      onProgress: () => undefined,
    });
    if (exchanges > mostExchanges) throw new Finding(`more than ${mostExchanges} exchanges`);
    const context = { training: true, specimen: inspection.specimen };
    const { verdict } = judge(policies.of('document').policy, inspection.checks, context);
    return { inspection, verdict, files };
  } finally {
    restore();
  }
}

const untouchedRuns = new Map<SpecimenId, Run>();

async function untouched(id: SpecimenId): Promise<Run> {
  const scenario = { specimen: id, reader: 'extended', extendedLength: 'where-stated', seed: 1, changes: [] } as const;
  const known = untouchedRuns.get(id) ?? (await play({ ...scenario, changes: [] }));
  untouchedRuns.set(id, known);
  return known;
}

const cloneChecks: readonly string[] = ['chip-authentication', 'active-authentication', 'pace-cam'];

function provesNoCopy({ checks }: Inspection): boolean {
  return checks.some(({ id, result }) => cloneChecks.includes(id) && result === 'successful');
}

function unexpected({ checks, reading }: Inspection): string | null {
  const check = checks.find(({ code }) => code === 'internal.unexpected');
  if (check !== undefined) return `${check.id} is internal.unexpected`;
  const file = Object.entries(reading.files).find(([, { code }]) => code === 'internal.unexpected');
  return file === undefined ? null : `${file[0]} is internal.unexpected`;
}

// Accepted is only what is, byte for byte, the untouched document.
function wrongAccept(now: Run, before: Run): string | null {
  if (now.verdict !== 'accept') return null;
  for (const [name, bytes] of now.files) {
    if (/^EF\.DG/.test(name) && before.files.get(name) !== bytes) return `${name} is another`;
  }
  for (const name of ['EF.DG1', 'EF.DG2', 'EF.SOD']) if (!now.files.has(name)) return `${name} was not read`;
  const shown = ({ document, mrz, portrait }: Inspection): unknown => ({ document, mrz, portrait });
  if (!isDeepStrictEqual(shown(now.inspection), shown(before.inspection))) return 'another document is shown';
  if (provesNoCopy(before.inspection) && !provesNoCopy(now.inspection)) return 'nothing proves that it is no copy';
  return null;
}

async function run(input: Uint8Array): Promise<void> {
  const scenario = readScenario(jsonOf(input));
  if (scenario === null) return;
  const before = await untouched(scenario.specimen);
  const now = await play(scenario);
  const wrong = unexpected(now.inspection) ?? wrongAccept(now, before);
  if (wrong !== null) throw new Finding(wrong);
}

const encoded = (scenario: Scenario): Uint8Array => utf8(JSON.stringify(scenario));

export const inspectionTarget: Target = {
  name: 'inspection',
  maximumLength: 4_096,
  perRound: 12,
  maximumMillis: 30_000,
  seeds: () =>
    specimensToInspect.map((id) =>
      encoded({ specimen: id, reader: 'extended', extendedLength: 'where-stated', seed: 1, changes: [] }),
    ),
  mutate: (random, input, other) => {
    const scenario = readScenario(jsonOf(input)) ?? readScenario(jsonOf(other));
    return scenario === null ? other : encoded(mutateScenario(random, scenario));
  },
  run,
};
