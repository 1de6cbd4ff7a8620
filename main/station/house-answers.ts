import * as v from 'valibot';
import {
  type AppInfo,
  languageSchema,
  longestHolderName,
  type MethodName,
  type RecordRow,
  textSizeSchema,
} from '../../preload/contract.ts';
import type { Language } from '../../resources/texts/texts.ts';
import type { Viewer } from '../holders/holder-view.ts';
import type { House, RecordSummary } from '../house/house.ts';
import { most } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import { settingNames } from '../result/setting-names.ts';
import type { Answers } from './answers.ts';
import type { CheckTending } from './check-tending.ts';

const textSizeSetting = 'text-size';

type HouseMethod = Extract<MethodName, `app.${string}` | `records.${string}` | `training.${string}`>;

/** The language that people chose here. */
export function languageOf(house: Pick<House, 'keeping'>): Language {
  const language = v.safeParse(languageSchema, house.keeping.settings.get(settingNames.language));
  return language.success ? language.output : 'sv';
}

/** How large people set the page's text here. */
function textSizeOf(house: Pick<House, 'keeping'>): AppInfo['textSize'] {
  const size = v.safeParse(textSizeSchema, house.keeping.settings.get(textSizeSetting));
  return size.success ? size.output : 100;
}

function recordRow(summary: RecordSummary): RecordRow {
  const { id, number, endedAt, training, purpose, holderName, nameless, verdict, outcome, erased } = summary;
  // A name of a document may be longer than any on file: one such record must not hide the others.
  const name = holderName?.slice(0, longestHolderName) ?? null;
  const erasedOn = erased?.on ?? null;
  return { id, number, endedAt, training, purpose, holderName: name, nameless, verdict, outcome, erasedOn };
}

/** The methods that need no case: the app itself, past cases, and the training plate. */
export function houseAnswers(around: {
  readonly house: House;
  readonly checking: CheckTending;
  readonly standIn: boolean;
  /** What a package brings of others' licences; null outside one. */
  readonly notices: () => string | null;
  readonly changed: () => null;
  /** Who is signed in: people are shown by role. */
  readonly viewer: () => Viewer;
}): Pick<Answers, HouseMethod> {
  const { house, checking, standIn, notices, changed, viewer } = around;

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
    'app.unlock': async (passphrase) => {
      await house.unlock(passphrase);
      return changed();
    },
    'records.list': async ({ limit, offset }) => {
      const found = await house.records({ limit: Math.min(limit, most.records), offset });
      return found.map(recordRow);
    },
    'records.show': async (id) => {
      const { summary, content } = await house.record(id, viewer());
      // The chip's portrait is for the face question alone; which files are kept is told.
      const { copies, ...told } = content as { readonly copies?: { readonly files: object } };
      const kept = copies === undefined ? {} : { copies: Object.keys(copies.files) };
      return { row: recordRow(summary), hash: summary.hash, content: { ...told, ...kept } };
    },
    'records.check': async (full) => {
      const { records, rested, intact, broken } = await checking.check(full);
      return { records, rested, intact, broken: broken.map(({ id, number, code }) => ({ id, number, code })) };
    },
    'records.stopCheck': () => {
      checking.cancel();
      return null;
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
