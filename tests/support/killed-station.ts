/** What a station is to do until it is killed, one line of JSON on its standard input. */
export interface StationOrder {
  /** Where the sources of the app lie. */
  readonly root: string;
  readonly directory: string;
  /** Where its backups go, each with a name of its own. */
  readonly outside: string;
  /** Where the ids of its cases and the names of its backups begin, so that none comes twice. */
  readonly from: string;
  readonly seed: number;
  /** Whether headquarters is set, so that it delivers. */
  readonly delivers: boolean;
}

/** The day on which it works. Its cases ended so long ago that each is due as soon as it is kept. */
export const stationDay = '2026-11-23';
export const casesDay = '2024-01-15';

/** What it does, in turns. Before each it tells `doing WHAT`, after each what came of it. */
export const stationWorks = ['case', 'erasing', 'backup', 'delivery'] as const;
export type StationWork = (typeof stationWorks)[number];
