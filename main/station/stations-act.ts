import { textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';
import { cleanText } from '../result/hidden-characters.ts';
import type { AskedAct } from './confirmation.ts';
import { confirmersOf, type DangerousAct } from './dangerous-acts.ts';
import { languageOf } from './interface-language.ts';

const groupOfDigits = /.{4}(?=.)/g;

interface AskedStation {
  readonly station: string;
  readonly name: string;
  readonly fingerprint: string;
}

/**
 * What people are asked of another station, in the window outside the page: its fingerprint as its card was read, to be compared there;
 * and which station cases went to by themselves until now, where they went to another one.
 */
export function stationActAsked(
  house: Pick<House, 'keeping'>,
  act: Extract<DangerousAct, `stations.${string}`>,
  { station, name, fingerprint }: AskedStation,
  before: Pick<AskedStation, 'station' | 'name'> | null = null,
): AskedAct {
  const language = languageOf(house);
  const text = textsIn(language);
  return {
    language,
    words: {
      what: text(`confirm/acts/${act}`),
      why: text(`confirm/why/${act}`),
      rows: [
        { label: text('stations/fields/name'), value: cleanText(name) || text('stations/nameless') },
        { label: text('stations/fields/id'), value: station },
        { label: text('stations/fields/fingerprint'), value: fingerprint.replaceAll(groupOfDigits, '$& ') },
        ...(before === null ? [] : [{ label: text('stations/fields/routeBefore'), value: calledHere(before) }]),
      ],
    },
    by: confirmersOf(act, house.keeping.operators),
    secret: null,
  };
}

const calledHere = ({ station, name }: Pick<AskedStation, 'station' | 'name'>): string =>
  [cleanText(name), station].filter((part) => part !== '').join(' · ');
