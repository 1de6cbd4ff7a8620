/** Milliseconds by the clock, and without waits for a core: other load on the machine makes none of these. */
interface Times {
  readonly count: number;
  readonly clock: Percentiles;
  readonly unhindered: Percentiles;
}
type Percentiles = Readonly<Record<'p50' | 'p95' | 'p99', number>>;

/** Searches of one kind: those that were answered with people or nobody, and with how many there are. */
interface Searches {
  readonly found: Times;
  readonly tooMany?: Times;
}

export interface ImportFigures {
  readonly rowsPerSecond: number;
  readonly computedSeconds: number;
  readonly peakMegabytes: number;
  readonly megabytesBefore: number;
  readonly eventLoopDelayP99Millis: number;
  readonly computedBetweenTurnsP99Millis: number;
}

const kinds = [
  'number',
  'nameWithBirthDate',
  'twoNamesWithBirthDate',
  'twoNamesWithInitial',
  'twoNamesWithYear',
  'twoNames',
  'oneName',
  'beginning',
] as const;
export type SearchFigures = Readonly<Record<(typeof kinds)[number], Searches>>;

/** A goal with what was measured: by the clock of this machine as it was, and without what others on it took, as if it had been idle. */
interface Goal {
  readonly goal: string;
  readonly byClock: string;
  readonly asIfIdle: string;
}

const counted = 5;
const people = 30;

/** The goals of the register with what was measured of each. */
export function goalsOf(
  imported: ImportFigures,
  raw: { readonly rowsPerSecond: number; readonly computedSeconds: number; readonly rows: number },
  rows: number,
  searches: SearchFigures,
): readonly Goal[] {
  const search = (what: string, kind: (typeof kinds)[number], percentile: keyof Percentiles, most: number): Goal =>
    withTimes(`${what}, ${percentile} at most ${most} ms`, searches[kind].found, percentile, most);
  const tooMany = kinds.flatMap((kind): readonly Goal[] => {
    const times = searches[kind].tooMany;
    return times === undefined
      ? []
      : [withTimes(`${kind}: too many, p95 at most ${counted} ms`, times, 'p95', counted)];
  });
  const ofRaw = round(imported.rowsPerSecond / raw.rowsPerSecond);
  const computedOfRaw = round(raw.computedSeconds / raw.rows / (imported.computedSeconds / rows));
  const { peakMegabytes, eventLoopDelayP99Millis: delay, computedBetweenTurnsP99Millis: between } = imported;
  return [
    search('number', 'number', 'p99', counted),
    search('name with birth date', 'nameWithBirthDate', 'p95', people),
    search('two names with birth date', 'twoNamesWithBirthDate', 'p95', people),
    search('two names with initial', 'twoNamesWithInitial', 'p95', people),
    search('beginning', 'beginning', 'p95', people),
    ...tooMany,
    {
      goal: 'import at least 0.5 of raw inserts',
      byClock: said(ofRaw, ofRaw >= 0.5),
      asIfIdle: said(computedOfRaw, computedOfRaw >= 0.5),
    },
    {
      goal: 'memory of the import at most 300 MB',
      byClock: said(peakMegabytes, peakMegabytes <= 300),
      asIfIdle: said(peakMegabytes, peakMegabytes <= 300),
    },
    {
      goal: 'event loop while importing, p99 at most 50 ms late',
      byClock: said(delay, delay <= 50),
      asIfIdle: said(between, between <= 50),
    },
  ];
}

function withTimes(goal: string, { clock, unhindered }: Times, percentile: keyof Percentiles, most: number): Goal {
  const of = (values: Percentiles): string => said(values[percentile], values[percentile] <= most);
  return { goal, byClock: of(clock), asIfIdle: of(unhindered) };
}

const said = (value: number, met: boolean): string => `${value} (${met ? 'met' : 'NOT MET'})`;
const round = (value: number): number => Math.round(value * 100) / 100;
