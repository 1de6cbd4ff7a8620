import { failureWords } from '../../resources/failures/failures.ts';
import type { House } from '../house/house.ts';
import type { Detail } from '../result/check.ts';
import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { counted } from './layout.ts';

/** One round of referred cases from and to other stations, beside what a command does with headquarters. */
export interface ExchangedParcels {
  /** Null where no station is trusted. `code` is why something, or nothing, came or went. */
  readonly told: Detail;
  readonly text: string;
  readonly went: 'well' | 'not well' | 'nothing to do';
}

/** As `told` stands in the answer of a command. */
export const exchangedHelp =
  '"parcels": { "sent": { "referrals", "outcomes" }, "taken", "refused": [{ "way", "station", "kind", "code", "since" }], "code" } | null';

/** Never fails: what was done with headquarters before it was done, also where this part of it is not ready there. */
export async function exchangeParcels(
  { parcels, fleet }: Pick<House, 'parcels' | 'fleet'>,
  signal: AbortSignal,
): Promise<ExchangedParcels> {
  try {
    const exchanged = await parcels.exchange({ signal });
    if (exchanged === null) return { told: null, text: '', went: 'nothing to do' };
    const { sent, taken, code } = exchanged;
    const refused = fleet.report()?.parcels.refused ?? [];
    const words = `Cases of stations: ${counted(sent.referrals + sent.outcomes, 'parcel')} sent, ${taken} taken`;
    const others = [
      ...(code === null ? [] : [inWords(code)]),
      ...refused.map(
        ({ way, station, code: why }) => `${way === 'in' ? 'from' : 'to'} ${station}: not taken. ${inWords(why)}`,
      ),
    ];
    return {
      told: { sent: { ...sent }, taken, refused: refused.map((each) => ({ ...each })), code },
      text: `${[words, ...others].join('\n')}\n`,
      went: others.length === 0 ? 'well' : 'not well',
    };
  } catch (thrown) {
    const { code } = asFailure(thrown);
    return {
      told: { sent: { referrals: 0, outcomes: 0 }, taken: 0, refused: [], code },
      text: `Cases of stations: ${inWords(code)}\n`,
      went: 'not well',
    };
  }
}

function inWords(code: FailureCode): string {
  const { happened, staff } = failureWords('en', code);
  return `${happened} ${staff} (${code})`;
}
