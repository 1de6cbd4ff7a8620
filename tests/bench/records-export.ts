import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { extractFiles } from '../../main/house/extract-files.ts';
import type { RecordExtract } from '../../main/house/extract-records.ts';
import { type MeantRecords, retentionKeeping } from '../../main/keeping/retention/retention-keeping.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { resourcesIn } from '../../main/machine/resources.ts';
import { checkIds } from '../../main/result/check.ts';
import type { Store, UnlockedStore } from '../../main/store/types.ts';
import type { CaseFacts } from '../../main/verification/types.ts';
import { computed, percentile, round } from './figures.ts';
import { madeCase } from './records-made.ts';

/*
 * The export at once (`records export`): records of one customer as JSON that the station signs, each with its results by TR-03135, and
 * pages of them. One record as somebody waits for it, and all of a customer as one file; of both how long the act takes by which it is
 * kept that it was made. A ratio above 1 says that a record of a large file costs more than one of a file of a tenth as many.
 */

const resources = resourcesIn(resolve(import.meta.dirname, '../../resources'));
const language = 'sv';
const appVersion = '1.0.0';
const customer = 'customer-1';
/** So many exports of one record each; the first ones are not counted: what draws pages is loaded with them, and compiled. */
const usualTurns = { warm: 3, counted: 20 };
const batch = 200;

type Folder = UnlockedStore & { readonly store: Store };

interface Exported {
  readonly records: number;
  readonly signedBytes: number;
  readonly pages: number;
  readonly pdfBytes: number;
  /** Milliseconds by the clock and as computed: the act, the signed file, the pages. */
  readonly act: Took;
  readonly signed: Took;
  readonly drawn: Took;
}

interface Took {
  readonly millis: number;
  readonly computedMillis: number;
}

/** Exports one record again and again, and so many of one customer at once: they are appended to an empty folder first. */
export async function benchExport(folder: Folder, records: number, { warm, counted } = usualTurns) {
  for (let from = 1; from <= records; from += batch)
    folder.atOnce(() => {
      for (let number = from; number < Math.min(from + batch, records + 1); number++)
        folder.records.append(exportedCase(number), appVersion);
    });
  const ones: Exported[] = [];
  for (let turn = 0; turn < warm + counted; turn++)
    ones.push(await exported(folder, { record: String(1 + (turn % records)) }));
  const one = ones.slice(warm);
  const few = Math.max(1, Math.floor(records / 10));
  const part = await exportedOf(folder, idsUpTo(folder, few));
  const all = await exported(folder, { customer });
  return {
    one: {
      ...sizesOf(one[0]),
      act: toldOf(one, ({ act }) => act),
      signed: toldOf(one, ({ signed }) => signed),
      pdf: toldOf(one, ({ drawn }) => drawn),
      whole: toldOf(one, ({ act, signed, drawn }) => sumOf(act, signed, drawn)),
    },
    ofCustomer: {
      records: all.records,
      ...sizesOf(all),
      act: { millis: round(all.act.millis) },
      signed: eachOf(all.signed, all.records),
      pdf: eachOf(all.drawn, all.records),
    },
    ratioToTenth: {
      records: part.records,
      signed: ratioOf(all.signed, all.records, part.signed, part.records),
      pdf: ratioOf(all.drawn, all.records, part.drawn, part.records),
    },
  };
}

/** A case whose document has the checks of a passport, each once, so that there are results by TR-03135. */
export function exportedCase(number: number): CaseFacts {
  const facts = madeCase(number);
  return { ...facts, checks: facts.checks.map((check, index) => ({ ...check, id: checkIds[index] ?? check.id })) };
}

/** As the house exports: the act first, then the file and its pages. */
async function exported(folder: Folder, meant: MeantRecords): Promise<Exported> {
  const keeping = retentionKeeping(folder.store, () => folder, { clock: machineClock, random: machineRandom });
  const [{ ids }, act] = await timed(() => keeping.extracted(meant, 'bank', ['T1']));
  return { ...(await exportedOf(folder, ids, meant)), act };
}

async function exportedOf(
  folder: Folder,
  ids: readonly string[],
  meant: MeantRecords = { customer },
): Promise<Exported> {
  const around = { meant, audience: 'bank', clock: machineClock, appVersion, resources } as const;
  const [files, signed] = await timed(() => extractFiles(folder, ids, around));
  const [{ pdf }, drawn] = await timed(() => files.pages({ language, file: 'records.json' }));
  const { extract } = JSON.parse(new TextDecoder().decode(files.signed)) as RecordExtract;
  const held = extract.records as readonly { readonly tr03135: unknown }[];
  if (held.length !== ids.length || held.some(({ tr03135 }) => tr03135 === null))
    throw new Error('not all records were exported with their results');
  const pages = pagesOf(pdf);
  const act = { millis: 0, computedMillis: 0 };
  return { records: ids.length, signedBytes: files.signed.length, pages, pdfBytes: pdf.length, act, signed, drawn };
}

/** How many pages a PDF of ours has: each is an object that says so, and none of them is compressed. */
export function pagesOf(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
  );
}

function idsUpTo({ records }: Folder, most: number): readonly string[] {
  return records.list({ limit: most, before: most + 1 }).map(({ id }) => id);
}

async function timed<Answer>(act: () => Answer | Promise<Answer>): Promise<readonly [Answer, Took]> {
  const [began, before] = [performance.now(), computed()];
  const answer = await act();
  return [answer, { millis: performance.now() - began, computedMillis: computed() - before }];
}

function sizesOf(exported: Exported | undefined) {
  const { signedBytes, pages, pdfBytes } = exported ?? { signedBytes: 0, pages: 0, pdfBytes: 0 };
  return { signedBytes, pages, pdfBytes };
}

function sumOf(...all: readonly Took[]): Took {
  return all.reduce((one, other) => ({
    millis: one.millis + other.millis,
    computedMillis: one.computedMillis + other.computedMillis,
  }));
}

function toldOf(all: readonly Exported[], part: (exported: Exported) => Took) {
  const millis = all.map((each) => part(each).millis);
  const computedMillis = sumOf(...all.map(part)).computedMillis / all.length;
  return {
    p10: percentile(millis, 0.1),
    p50: percentile(millis, 0.5),
    p99: percentile(millis, 0.99),
    computedMillis: round(computedMillis),
  };
}

function eachOf({ millis, computedMillis }: Took, records: number) {
  return {
    seconds: round(millis / 1000),
    perSecond: Math.round((records / millis) * 1000),
    computedMillisEach: round(computedMillis / records),
  };
}

function ratioOf(one: Took, ones: number, other: Took, others: number) {
  return {
    clock: round(one.millis / ones / (other.millis / others)),
    computed: round(one.computedMillis / ones / (other.computedMillis / others)),
  };
}
