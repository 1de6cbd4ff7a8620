import * as v from 'valibot';
import { type LengthReport, type LengthStep, lengthSteps } from '../chip/read-lengths.ts';
import type { TransportLimits } from '../reader/port.ts';
import { readerModel } from '../reader/reader-table.ts';
import { daysBetween, type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import type { SettingsRepository } from '../store/types.ts';

/*
 * What the station has learnt of its readers: with which step of the ladder of lengths a reading begins, per model. A step
 * is forgotten after so many days or so many good readings, whichever comes first, and the longest lengths are tried again:
 * one bad tap must not make a station slow for ever. docs/field-cases.md says why these numbers.
 */
const daysKept = 7;
const readingsKept = 20;
const mostModels = 16;
const settingName = 'reader.lengths';

/** Where a silent driver leaves us to guess: the frame of 4 kB that chips state at most. */
const stepOfSilentReaders = 4_096 satisfies LengthStep;

const memorySchema = v.record(
  v.pipe(v.string(), v.maxLength(100)),
  v.strictObject({
    /** Null: nothing is given up yet, but the last reading was lost at `lostAt`. */
    step: v.nullable(v.picklist(lengthSteps)),
    since: v.pipe(
      v.string(),
      v.check((text) => parsePlainDate(text) !== null),
    ),
    readings: v.pipe(v.number(), v.integer(), v.minValue(0)),
    lostAt: v.nullable(v.picklist(lengthSteps)),
  }),
);
type Memory = v.InferOutput<typeof memorySchema>;

/** A step that is kept for a model. */
export interface RememberedStep {
  readonly model: string;
  readonly step: LengthStep;
  readonly since: PlainDate;
}

/** The lengths that the station's readers bear, kept in its settings. */
export interface ReaderMemory {
  /** The step with which a reading on this reader begins. */
  readonly stepFor: (reader: string, limits: TransportLimits) => LengthStep;
  /** The steps that are kept now. */
  readonly remembered: () => readonly RememberedStep[];
  /** Takes in what a reading learnt. What the chip itself refused says nothing of the reader and is not kept. */
  readonly learn: (reader: string, lengths: LengthReport) => void;
}

/** Opens the memory of a data folder. A setting that cannot be understood counts as none. */
export function readerMemory(settings: SettingsRepository, today: () => PlainDate): ReaderMemory {
  const load = (): Memory => {
    const parsed = v.safeParse(memorySchema, settings.get(settingName));
    return parsed.success ? parsed.output : {};
  };
  const save = (model: string, entry: Memory[string] | null): void => {
    const { [model]: _replaced, ...others } = load();
    const entries = Object.entries(others).slice(-(mostModels - 1));
    settings.set(settingName, Object.fromEntries(entry === null ? entries : [...entries, [model, entry]]));
  };
  const holding = (model: string): Memory[string] | null => {
    const entry = load()[model];
    const since = entry === undefined ? null : parsePlainDate(entry.since);
    if (entry === undefined || since === null) return null;
    const days = daysBetween(since, today());
    return days >= 0 && days < daysKept && entry.readings < readingsKept ? entry : null;
  };
  return {
    stepFor: (reader, limits) =>
      holding(readerModel(reader))?.step ?? (limits.untold === true ? stepOfSilentReaders : lengthSteps[0]),
    remembered: () =>
      Object.keys(load()).flatMap((model) => {
        const entry = holding(model);
        const since = entry === null ? null : parsePlainDate(entry.since);
        return entry === null || entry.step === null || since === null ? [] : [{ model, step: entry.step, since }];
      }),
    learn: (reader, lengths) => {
      const model = readerModel(reader);
      const kept = holding(model);
      const lostAt = lostWith(lengths);
      const step = givenUpByReader(lengths) ?? (lostAt !== null && lostAt === kept?.lostAt ? below(lostAt) : null);
      if (step !== null) save(model, { step, since: today(), readings: 0, lostAt: null });
      else if (lostAt !== null) save(model, { ...(kept ?? fresh(today())), lostAt });
      else if (kept !== null && lengths.longest > 0) {
        const readings = kept.readings + 1;
        save(model, kept.step === null ? null : { ...kept, readings, lostAt: null });
      }
    },
  };
}

const fresh = (since: PlainDate): Memory[string] => ({ step: null, since, readings: 0, lostAt: null });

// The step below the last one that the reader, not the chip, did not bear.
function givenUpByReader({ givenUp }: LengthReport): LengthStep | null {
  const last = givenUp.findLast(({ why }) => why === 'not-sent' || why === 'garbled' || why === 'no-data');
  return last === undefined ? null : below(last.step);
}

// Lost with a length that never worked: once is a document that was lifted, twice in a row is the reader.
function lostWith({ givenUp }: LengthReport): LengthStep | null {
  const last = givenUp.at(-1);
  return last?.why === 'lost' ? last.step : null;
}

function below(step: LengthStep): LengthStep {
  return lengthSteps.find((candidate) => candidate < step) ?? step;
}
