import type { Answer, StationCardView, StationsView, TakenFile } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { isolated } from '../parts/holder-name.ts';

/** What a station is called: its name, or its id where it has none. */
export function stationCalled({ station, name }: Pick<StationCardView, 'station' | 'name'>): string {
  return name === '' ? station : isolated(name);
}

/** The same of a station that is known by its id alone: one that is trusted no longer has no name here. */
export function calledById(station: string, stations: readonly StationCardView[]): string {
  const known = stations.find((each) => each.station === station);
  return known === undefined ? station : stationCalled(known);
}

/** How many cases wait here, in sentences: those that may be handed over, and why others may not. */
export function waitingWords(
  { waiting, staying, damaged }: Pick<StationsView, 'waiting' | 'staying' | 'damaged'>,
  t: Texts,
): readonly string[] {
  const may = waiting === 0 ? t('stations/nothingWaits') : t('stations/waiting', { count: waiting });
  const reused = staying === 0 ? [] : [t('stations/staying', { count: staying })];
  return [may, ...reused, ...(damaged === 0 ? [] : [t('stations/damaged', { count: damaged })])];
}

/** What a file of another station brought, sentence by sentence; what of it was refused is told apart. */
export function takenWords(taken: TakenFile, stations: readonly StationCardView[], t: Texts): readonly string[] {
  const station = calledById(taken.from, stations);
  const before = taken.already.length === 0 ? [] : [t('stations/before', { count: taken.already.length })];
  if (taken.kind === 'referrals') return [t('stations/taken', { count: taken.taken.length, station }), ...before];
  return [
    ...taken.decided.map(({ id, outcome, record, answered }) =>
      t(answered ? 'stations/decidedAnswered' : 'stations/decided', {
        ...{ id, record, station },
        outcome: t(`outcomes/${outcome}`),
      }),
    ),
    ...taken.returned.map((id) => t('stations/returned', { id, station })),
    ...before,
  ];
}

/** What was written, in a sentence; nothing where somebody closed the dialog. */
export function writtenWords(
  written: Answer<'stations.handOver'>,
  none: string,
  words: (file: string, count: number) => string,
): readonly string[] {
  if (written === null) return [];
  return [written.file === null ? none : words(written.file, written.cases)];
}
