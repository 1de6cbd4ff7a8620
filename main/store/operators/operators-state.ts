import type { Database } from 'better-sqlite3';
import { operatorTables } from '../marks/marked-tables.ts';
import type { StoreMarks } from '../marks/store-marks.ts';
import type { OperatorsState } from './operator.ts';

/**
 * Whether the folder has operators. Where it cannot be told what others touched, whatever is left of operators says that there
 * were some: taking away the mark alone opens nothing.
 */
export function operatorsState(database: Database, marks: StoreMarks): OperatorsState {
  return marks.seen(() => {
    if (marks.touchedAmong(operatorTables)) return wereThere(database) ? 'touched' : 'none';
    const state = database.prepare<[], number>('SELECT reopened FROM operators_state WHERE only_row = 1').pluck().get();
    if (state === undefined) return 'none';
    return state === 0 ? 'present' : 'reopened';
  });
}

// Four places that each change of operators writes to: whoever wants them never to have been must find all of them.
function wereThere(database: Database): boolean {
  return (
    database
      .prepare<[], number>(
        `SELECT EXISTS (SELECT 1 FROM operators) OR EXISTS (SELECT 1 FROM operator_tries)
           OR EXISTS (SELECT 1 FROM operators_state) OR EXISTS (SELECT 1 FROM acts WHERE kind LIKE 'operators.%')
           OR EXISTS (SELECT 1 FROM row_marks WHERE table_name IN ('operators', 'operator_tries', 'operators_state'))`,
      )
      .pluck()
      .get() === 1
  );
}
