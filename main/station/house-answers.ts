import * as v from 'valibot';
import { type AppInfo, type MethodName, officeBounds, textSizeSchema } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';
import { settingNames } from '../result/setting-names.ts';
import type { Answers } from './answers.ts';
import { languageOf } from './interface-language.ts';
import { newestLines } from './log.ts';

const textSizeSetting = 'text-size';

type HouseMethod = Extract<MethodName, `app.${string}` | `training.${string}`>;

/** How large people set the page's text here. */
function textSizeOf(house: Pick<House, 'keeping'>): AppInfo['textSize'] {
  const size = v.safeParse(textSizeSchema, house.keeping.settings.get(textSizeSetting));
  return size.success ? size.output : 100;
}

/** The methods that need no case: the app itself and the training plate. */
export function houseAnswers(around: {
  readonly house: House;
  readonly standIn: boolean;
  /** What a package brings of others' licences; null outside one. */
  readonly notices: () => string | null;
  /** The folder was locked, and is open now. */
  readonly opened: () => Promise<void>;
  readonly changed: () => null;
}): Pick<Answers, HouseMethod> {
  const { house, standIn, notices, opened, changed } = around;

  const plate = () => {
    if (house.plate === null) throw new Failure('specimen.needs-training');
    return house.plate;
  };

  return {
    'app.info': () => {
      return {
        version: house.version,
        training: house.kind === 'training',
        standIn,
        language: languageOf(house),
        textSize: textSizeOf(house),
        key: house.keyKind(),
        hasKey: house.keeping.keptBy().length > 0,
        operatingSystemUser: house.operatingSystemUser,
        managed: [...house.keeping.managed.names],
      };
    },
    'app.notices': () => notices(),
    'app.setTextSize': (size) => {
      house.keeping.settings.set(textSizeSetting, size);
      return null;
    },
    'app.setLanguage': (language) => {
      house.keeping.settings.set(settingNames.language, language);
      return null;
    },
    'app.log': () =>
      newestLines().map(({ at, event, fields }) => ({
        at: at.slice(0, 30),
        event: event.slice(0, officeBounds.logEvent),
        fields: fields.slice(0, officeBounds.logFields),
      })),
    'app.unlock': async (passphrase) => {
      await house.unlock(passphrase);
      await opened();
      return changed();
    },
    'training.specimens': () =>
      (house.plate?.specimens() ?? []).map(({ id, title, mrz, can, holder }) => ({
        id,
        title,
        mrz: [...mrz],
        can,
        holder,
      })),
    'training.lay': async (id) => {
      await plate().lay(id);
      return changed();
    },
    'training.lift': () => {
      plate().lift();
      return changed();
    },
  };
}
