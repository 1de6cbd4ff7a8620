import { describe, expect, it } from 'vitest';
import { roles } from '../../../main/result/roles.ts';
import { methodNames } from '../../../main/station/call-gate.ts';
import { methodRoles } from '../../../main/station/method-roles.ts';
import { officePages, pagesFor } from '../../../renderer/office/office-pages.ts';
import { deskMethods, officeActs, officeMethods } from '../../e2e/office-acts.ts';

/* The table by which the office is gone through, role by role (`tests/e2e/office-roles.test.ts`): no act stands beside it. */

// May be called, and is offered to them at the side door alone.
const atTheSideDoor: Readonly<Record<string, readonly string[]>> = {
  administrator: ['records.receipt'],
};

it('every call of the contract is the desk’s, or an act of the office, and none is both', () => {
  expect([...deskMethods, ...officeMethods].toSorted()).toEqual([...methodNames()].toSorted());
});

describe.each(roles)('%s', (role) => {
  const may = officeMethods.filter((method) => {
    const need: readonly string[] | 'anyone' = methodRoles[method];
    return need === 'anyone' || need.includes(role);
  });
  const offered = officeMethods.filter((method) => officeActs[method].roles.includes(role));

  it('is offered what the main process lets them do', () => {
    expect([...offered, ...(atTheSideDoor[role] ?? [])].toSorted()).toEqual(may.toSorted());
  });

  it('gets to each page on which something is offered to them, and to no other', () => {
    const pages = new Set(offered.map((method) => officeActs[method].place));
    expect(officePages.filter((page) => pages.has(page) || page === 'help')).toEqual(pagesFor(role));
  });
});
