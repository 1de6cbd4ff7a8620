import { machineClock } from '../../../main/machine/clock.ts';
import { CheckoutProcess, type Checkouts, inTurn } from './checkout.ts';
import { sameNamed } from './made-trust.ts';
import { millis, ownRow, type SpeedRow, seconds } from './row.ts';

const few = 100;
const more = 200;
const many = 2_000;
const manyMillis = 5_000;
/** Twice as many certificates: twice the work where it is linear, four times where it is quadratic. */
const mostGrowth = 3;

/** Same-name certificates that are not self-signed. The other build's time grows with their square: it gets few. */
export async function sameNameRows(checkouts: Checkouts): Promise<readonly SpeedRow[]> {
  const at = machineClock.today();
  const took = (checkout: string, count: number): Promise<number> => importing(checkout, sameNamed(count), at);
  const found = await inTurn(checkouts, 1, async (checkout) => {
    const first = await took(checkout, few);
    return [first, await took(checkout, more)] as const;
  });
  const shown = ([first, second]: readonly [number, number]): string =>
    `${seconds(first)}, ${seconds(second)}: ${(second / first).toFixed(1)} times`;
  const [here] = found.here;
  const [there = null] = found.there ?? [];
  if (here === undefined) throw new Error('nothing was measured');
  const all = await took(checkouts.here, many);
  return [
    ownRow({
      what: `same-name certificates that are not self-signed, ${few} and ${more}`,
      now: shown(here),
      there: there === null ? null : shown(there),
      goal: 'linear: about twice',
      met: here[1] / here[0] <= mostGrowth,
    }),
    ownRow({
      what: `the same, ${many}`,
      now: seconds(all),
      goal: `at most ${seconds(manyMillis)}`,
      met: all <= manyMillis,
      floor: `${millis(all / many)} for each: so many tries of its signature as are allowed`,
    }),
  ];
}

async function importing(checkout: string, made: readonly Uint8Array[], at: ReturnType<typeof machineClock.today>) {
  await using started = new CheckoutProcess(checkout);
  return await started.act('importAsList', made, at);
}
