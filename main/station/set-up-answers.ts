import type { MethodName, SetUpView } from '../../preload/contract.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';
import { cleanText } from '../result/hidden-characters.ts';
import type { StationKind } from '../verification/types.ts';
import type { Answers } from './answers.ts';
import type { AskedAct, Confirmed } from './confirmation.ts';
import { confirmersOf } from './dangerous-acts.ts';
import { languageOf } from './interface-language.ts';
import { testOf } from './reader-answers.ts';
import type { ReaderWatch } from './reader-watch.ts';
import type { FirstSetUp } from './set-up.ts';

type SetUpMethod = Extract<MethodName, `setUp.${string}` | 'station.set'>;
type DoneStep = SetUpView['steps'][number]['step'];

/** So many of the newest records are looked at for a case that somebody decided. */
const newestRecords = 50;

/** What the page of the first set-up asks. */
export function setUpAnswers(around: {
  readonly house: House;
  readonly setUp: FirstSetUp;
  readonly watch: Pick<ReaderWatch, 'hindrance' | 'chosenIdle' | 'service'>;
  /** Whether a case is open. */
  readonly isOpen: () => boolean;
  /** Has people confirm an act where no page can answer. */
  readonly confirm: (asked: AskedAct) => Promise<Confirmed>;
  readonly changed: () => null;
}): Pick<Answers, SetUpMethod> {
  const { house, setUp, watch, confirm, changed } = around;

  return {
    'setUp.state': () => viewOf(house, setUp),
    'setUp.stand': (step, draft) => {
      // What is kept already is no draft of it.
      const { station } = house.keeping;
      const isKept = draft !== null && cleanText(draft.name) === station.name() && draft.kind === station.kind();
      setUp.change({ step, draft: isKept ? null : draft });
      return changed();
    },
    'setUp.note': (step, how) => {
      // In training the records tell it; of the other steps all is there to be looked at.
      if (how === 'said' && (step !== 'case' || house.kind === 'training'))
        throw new Failure('call.malformed', { part: 'arguments' });
      const others = setUp.kept.skipped.filter((known) => known !== step);
      setUp.change({
        skipped: how === 'skipped' ? [...others, step] : others,
        ...(step === 'case' ? { saidCase: how === 'said' } : {}),
      });
      return changed();
    },
    'setUp.testReader': async () => {
      const test = await testOf(around, watch.chosenIdle);
      setUp.change({ reader: test });
      changed();
      return test;
    },
    'setUp.finish': () => {
      setUp.change({ over: true, step: 'overview', draft: null });
      return changed();
    },
    'station.set': async ({ name: given, kind }) => {
      if (house.keyKind() === 'locked') throw new Failure('storage.locked');
      const name = cleanText(given);
      if (name === '') throw new Failure('station.name-missing');
      // What is managed is nobody's to change here: nobody confirms it for nothing.
      if (kind !== null && house.keeping.managed.names.includes('kind'))
        throw new Failure('settings.managed', { setting: 'kind' });
      const { acts } = house.keeping;
      await confirm(setAsked(house, { name, kind: kind ?? house.stationKind() }));
      acts.setStation({ kind, name });
      setUp.change({ draft: null, skipped: setUp.kept.skipped.filter((step) => step !== 'station') });
      return changed();
    },
  };
}

function setAsked(house: House, set: { readonly name: string; readonly kind: StationKind | null }): AskedAct {
  const language = languageOf(house);
  const text = textsIn(language);
  return {
    language,
    words: {
      what: text('confirm/acts/station.set'),
      why: text('confirm/why/station.set'),
      rows: [
        { label: text('setUp/station/name'), value: set.name },
        { label: text('setUp/station/kind'), value: text(`records/station-${set.kind ?? 'not-set'}`) },
      ],
    },
    by: confirmersOf('station.set', house.keeping.operators),
    secret: null,
  };
}

async function viewOf(house: House, { kept }: FirstSetUp): Promise<SetUpView> {
  const { station, operators, report, backup } = house.keeping;
  const key = house.keyKind();
  const [name, kind] = [station.name(), station.kind()];
  const { certificates } = await report.state();
  const signsIn = key !== 'locked' && operators.state() === 'present';
  const administrators = signsIn
    ? operators.list().filter(({ role, removedAt }) => role === 'administrator' && removedAt === null).length
    : 0;
  const done: Readonly<Record<DoneStep, boolean>> = {
    station: name !== null && kind !== null,
    key: key !== 'locked' && key !== 'basic-text',
    lists: certificates > 0,
    administrator: administrators > 0,
    reader: kept.reader !== null,
    case: house.kind === 'training' && key !== 'locked' && (await hasDecided(house)),
  };
  const stateOf = (step: DoneStep): SetUpView['steps'][number]['state'] => {
    if (done[step]) return 'done';
    if (step === 'case' && kept.saidCase) return 'said';
    return kept.skipped.includes(step) ? 'skipped' : 'open';
  };
  const steps = (Object.keys(done) as DoneStep[]).map((step) => ({ step, state: stateOf(step) }));
  const { over, step, draft, reader } = kept;
  return {
    ...{ over, step, draft, reader, steps, name, kind, certificates, administrators },
    backup: backup.key() !== null,
  };
}

async function hasDecided(house: House): Promise<boolean> {
  const newest = await house.records({ limit: newestRecords, offset: 0 });
  return newest.some(({ outcome }) => outcome !== null && outcome !== 'abandoned');
}
