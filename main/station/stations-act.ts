import { textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';
import { cleanText } from '../result/hidden-characters.ts';
import type { AskedAct } from './confirmation.ts';
import { confirmersOf } from './dangerous-acts.ts';
import { languageOf } from './interface-language.ts';

const groupOfDigits = /.{4}(?=.)/g;

/** What people are asked of another station, in the window outside the page: its fingerprint as its card was read, to be compared there. */
export function stationActAsked(
  house: Pick<House, 'keeping'>,
  act: 'stations.trust' | 'stations.distrust',
  { station, name, fingerprint }: { readonly station: string; readonly name: string; readonly fingerprint: string },
): AskedAct {
  const language = languageOf(house);
  const text = textsIn(language);
  const called = cleanText(name);
  return {
    language,
    words: {
      what: text(`confirm/acts/${act}`),
      why: text(`confirm/why/${act}`),
      rows: [
        { label: text('stations/fields/name'), value: called === '' ? text('stations/nameless') : called },
        { label: text('stations/fields/id'), value: station },
        { label: text('stations/fields/fingerprint'), value: fingerprint.replaceAll(groupOfDigits, '$& ') },
      ],
    },
    by: confirmersOf(act, house.keeping.operators),
    secret: null,
  };
}
