import { type MethodName, type RosterReportView, rosterBounds } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { longest } from '../result/bounds.ts';
import type { Answers } from './answers.ts';
import type { RosterReport, RosterTending } from './roster-tending.ts';

type RosterMethod = Extract<MethodName, `roster.${string}`>;

/** What the office's page asks of the register: which file, what its columns hold, a trial, and the import. Paths stay here. */
export function rosterAnswers(around: {
  readonly house: Pick<House, 'lookAtRoster'>;
  readonly tending: RosterTending;
  readonly chooseFiles: () => Promise<readonly string[]>;
  /** Lets a person name a file that is not there yet; null where they named none. */
  readonly chooseNewFile: (name: string) => Promise<string | null>;
}): Pick<Answers, RosterMethod> {
  const { house, tending, chooseFiles, chooseNewFile } = around;
  return {
    'roster.choose': async () => {
      tending.refuseIfBusy();
      const [path] = await chooseFiles();
      if (path === undefined) return null;
      // Before it counts as chosen: a file that cannot be read leaves the one before.
      const { kind, columns } = house.lookAtRoster(path);
      const name = tending.choose(path).slice(-longest.fileName);
      const shown = columns.slice(0, rosterBounds.columns);
      return { name, kind, columns: shown.filter((column) => column.name.length <= rosterBounds.columnName) };
    },
    'roster.try': async (mapping) => {
      const order = { mapping: pairs(mapping), partial: true, rejects: null, dryRun: true };
      return reportView(await tending.take(order));
    },
    'roster.import': async ({ mapping, leaveOut, writeLeftOut }) => {
      tending.refuseIfBusy();
      tending.chosen();
      const wanted = leaveOut && writeLeftOut;
      const rejects = wanted ? await chooseNewFile('left-out.csv') : null;
      // Whoever closes the dialog wants no import that forgets what it left out.
      if (wanted && rejects === null) return null;
      return reportView(await tending.take({ mapping: pairs(mapping), partial: leaveOut, rejects, dryRun: false }));
    },
    'roster.cancel': () => {
      tending.cancel();
      return null;
    },
  };
}

const pairs = (mapping: readonly { readonly field: string; readonly column: string }[]) =>
  mapping.map(({ field, column }) => [field, column] as const);

function reportView({ notes, unused, ...report }: RosterReport): RosterReportView {
  return {
    ...report,
    unused: unused.slice(0, rosterBounds.unused).map((name) => name.slice(0, rosterBounds.columnName)),
    notes: notes.slice(0, rosterBounds.notes).map(({ kind, note, count, lines }) => ({
      kind,
      note: note.slice(0, rosterBounds.note),
      count,
      lines: lines.slice(0, rosterBounds.lines),
    })),
  };
}
