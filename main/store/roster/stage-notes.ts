import type { Database } from 'better-sqlite3';

const mostNamed = 1_000;

/** Why something is told of a line. */
export type NoteKind = 'fault' | 'remark' | 'sharing';

/** Lines of one note: how many, and the first of them. */
export interface NotedLines {
  readonly kind: NoteKind;
  readonly note: string;
  readonly count: number;
  readonly lines: readonly number[];
}

/** What is told of the lines of a file, in the order in which it is asked for: of very many nothing is sorted in memory. */
export const notesSchema = `
CREATE TABLE notes (
  kind TEXT NOT NULL, line INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (kind, line, note)
) STRICT, WITHOUT ROWID;
`;

/** How many lines of each note, and the first of them. */
export function notesOf(database: Database): readonly NotedLines[] {
  const noted = new Map<string, { kind: NoteKind; note: string; count: number; lines: number[] }>();
  const all = database.prepare<[], { kind: NoteKind; line: number; note: string }>(
    'SELECT kind, line, note FROM notes ORDER BY kind, line, note',
  );
  for (const { kind, line, note } of all.iterate()) {
    const name = `${kind} ${note}`;
    const known = noted.get(name) ?? { kind, note, count: 0, lines: [] };
    noted.set(name, known);
    known.count++;
    if (known.lines.length < mostNamed) known.lines.push(line);
  }
  return [...noted.values()].sort((a, b) => (a.kind === b.kind ? compare(a.note, b.note) : compare(a.kind, b.kind)));
}

/** The lines that are not taken, in order, with the reason. */
export function faultsOf(database: Database): IterableIterator<{ readonly line: number; readonly note: string }> {
  return database
    .prepare<[], { line: number; note: string }>(
      "SELECT line, note FROM notes WHERE kind = 'fault' ORDER BY line, note",
    )
    .iterate();
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
