import { createHash } from 'node:crypto';
import { computed } from '../figures.ts';
import { CheckoutProcess, type Checkouts } from './checkout.ts';
import { listedSerials, revocationListOf, serialsToAsk } from './made-trust.ts';
import { median, millis, ownRow, type SpeedRow } from './row.ts';

const most = { lookUpMillis: 1, again: 0.01, inspection: 1.05 } as const;
const warmUp = 20;
const atOnce = 5;

/** A long revocation list of the document's own authority: opened, asked, and in the way of an inspection. */
export async function revocationRows({ here, there }: Checkouts, turns: number): Promise<readonly SpeedRow[]> {
  const lists = { long: revocationListOf(listedSerials), short: revocationListOf(1) };
  const der = lists.long;
  const what = `a revocation list of ${(der.length / 1e6).toFixed(1)} MB`;
  await using ours = new CheckoutProcess(here);
  await using theirs = there === null ? null : new CheckoutProcess(there);
  const serials = serialsToAsk();
  const asked = await ours.act('askList', der, serials);
  const askedThere = (await theirs?.act('askList', der, serials)) ?? null;
  const [slower, slowerThere] = [
    await longToShort(ours, lists, turns),
    theirs && (await longToShort(theirs, lists, turns)),
  ];
  const opened = ({ openMillis, againMillis }: typeof asked): string =>
    `${millis(openMillis)}, then ${againMillis.toFixed(3)} ms`;
  const lookedUp = ({ lookUpMillis }: typeof asked): string => `${lookUpMillis.toFixed(4)} ms`;
  return [
    ownRow({
      what: `${what}: read, and read again`,
      now: opened(asked),
      there: askedThere && opened(askedThere),
      goal: 'once',
      met: asked.againMillis < asked.openMillis * most.again,
    }),
    ownRow({
      what: 'one look-up in it',
      now: lookedUp(asked),
      there: askedThere && lookedUp(askedThere),
      goal: `at most ${most.lookUpMillis} ms`,
      met: asked.lookUpMillis <= most.lookUpMillis,
    }),
    ownRow({
      what: 'a warm inspection with it, to one with a list of one entry',
      now: slower.toFixed(2),
      there: slowerThere === null ? null : slowerThere.toFixed(2),
      goal: `at most ${most.inspection}`,
      met: slower <= most.inspection,
      floor: `to hash it for its signature takes the runtime's library ${millis(hashMillis(der))}, and an inspection verifies it anew`,
    }),
  ];
}

type Lists = Readonly<Record<'long' | 'short', Uint8Array>>;

/** Processor time of an inspection with the long list to one with the short, in turn in the same process. */
async function longToShort(process: CheckoutProcess, lists: Lists, turns: number): Promise<number> {
  await process.act('holdList', 'long', lists.long);
  await process.act('holdList', 'short', lists.short);
  const took = async (name: keyof Lists, count: number): Promise<readonly number[]> => {
    const made = await process.act('inspectionsWithList', name, count);
    const [first] = made;
    if (first?.revocation !== 'successful') throw new Error(`the ${name} list was not used: ${first?.revocation}`);
    return made.map(({ hostMillis }) => hostMillis);
  };
  await took('short', warmUp);
  await took('long', atOnce);
  const [long, short]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    long.push(...(await took('long', atOnce)));
    short.push(...(await took('short', atOnce)));
  }
  return median(long) / median(short);
}

function hashMillis(der: Uint8Array): number {
  const begun = computed();
  createHash('sha512').update(der).digest();
  return computed() - begun;
}
