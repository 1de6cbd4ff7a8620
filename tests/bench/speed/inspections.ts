import { CheckoutProcess, type Checkouts, inTurn } from './checkout.ts';
import type { Part } from './cpu-parts.ts';
import { besideRow, median, millis, type SpeedRow } from './row.ts';

/** How many are made before any is counted: by then the runtime has compiled what an inspection runs. */
const warmUp = 60;
/** After so many one in a new process costs about what a warm one does. */
const settled = 30;
const atOnce = 10;
const mostOf = { warm: 0.7, first: 0.5 } as const;

/** What a reading costs the host: warm, and the first one after a start. `turns`: how often each checkout has its turn. */
export async function inspectionRows(checkouts: Checkouts, turns: number): Promise<readonly SpeedRow[]> {
  return [await warmRow(checkouts, turns), await firstRow(checkouts, turns)];
}

async function warmRow({ here, there }: Checkouts, turns: number): Promise<SpeedRow> {
  await using ours = new CheckoutProcess(here);
  await using theirs = there === null ? null : new CheckoutProcess(there);
  await ours.act('inspections', warmUp);
  await theirs?.act('inspections', warmUp);
  const found = await inTurn({ here, there }, turns, async (checkout) => {
    const made = await (checkout === here ? ours : theirs)?.act('inspections', atOnce);
    return (made ?? []).map(({ hostMillis }) => hostMillis);
  });
  const now = median(found.here.flat());
  const parts = await ours.act('inspectionParts', settled);
  return besideRow({
    what: 'host time of an inspection, warm',
    now,
    there: found.there === null ? null : median(found.there.flat()),
    most: mostOf.warm,
    shown: millis,
    floor: curvesFloor(parts, now),
  });
}

async function firstRow(checkouts: Checkouts, turns: number): Promise<SpeedRow> {
  const found = await inTurn(checkouts, turns, async (checkout) => {
    await using started = new CheckoutProcess(checkout);
    const { hostMillis } = await started.act('firstInspection');
    // What it computes again in a warm process is no matter of the start.
    const warm = await started.act('inspections', settled);
    return { first: hostMillis, warm: warm.at(-1)?.hostMillis ?? Number.NaN };
  });
  const now = median(found.here.map(({ first }) => first));
  const warm = median(found.here.map((run) => run.warm));
  return besideRow({
    what: 'first inspection after a start',
    now,
    there: found.there === null ? null : median(found.there.map(({ first }) => first)),
    most: mostOf.first,
    shown: millis,
    floor: `the worker has made its tables and run its ciphers and curves before: ${millis(now - warm)} are code that a warm one has run more often`,
  });
}

function curvesFloor(parts: Readonly<Record<Part, number>>, now: number): string {
  const told = Object.entries(parts).map(([part, share]) => `${part} ${Math.round(share * 100)} %`);
  return `${told.join(', ')}: the curves alone are ${millis(parts.curves * now)}`;
}
