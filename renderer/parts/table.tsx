import { type ReactNode, useLayoutEffect, useRef } from 'react';
import classes from './table.module.css';

interface TableProps {
  /** `caption`, `thead` with one row, `tbody`, and `tfoot` where there is one. */
  readonly children: ReactNode;
  /** Whether it has many columns, and so needs more room to have them beside each other. */
  readonly many?: boolean;
  readonly className?: string | undefined;
  readonly id?: string;
}

/**
 * A table, which in a narrow place is a card for each row: there each cell says its column's name itself, which it takes from the
 * head. A column whose name is only heard has none to show.
 */
export function Table({ children, many = false, className, id }: TableProps) {
  const table = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => {
    const { tHead, tBodies, tFoot } = table.current ?? {};
    const names = Array.from(tHead?.rows[0]?.cells ?? [], nameOf);
    const rows = [...(tBodies ?? []), ...(tFoot == null ? [] : [tFoot])].flatMap((part) => [...part.rows]);
    for (const row of rows)
      for (const [place, cell] of [...row.cells].entries()) cell.dataset.column = names[place] ?? '';
  });
  return (
    <div className={classes.place} data-many={many ? '' : undefined}>
      <div className={classes.room}>
        <table
          ref={table}
          id={id}
          className={className === undefined ? classes.table : `${classes.table} ${className}`}
        >
          {children}
        </table>
      </div>
    </div>
  );
}

function nameOf(head: HTMLTableCellElement): string {
  return head.querySelector('.only-heard') === null ? (head.textContent ?? '') : '';
}
