import type { OperatorRow } from '../../preload/contract.ts';

/** The office's pages, in the order in which they are offered. */
export const officePages = [
  'records',
  'figures',
  'retention',
  'trust',
  'policies',
  'operators',
  'roster',
  'headquarters',
  'stations',
  'condition',
  'setUp',
  'help',
] as const;
export type OfficePage = (typeof officePages)[number];

type Role = OperatorRow['role'];
const all: readonly Role[] = ['teller', 'supervisor', 'administrator', 'auditor'];

/** Whose business each page is; the main process holds each of its calls to the same (`main/station/method-roles.ts`). */
export const rolesOfPages: Readonly<Record<OfficePage, readonly Role[]>> = {
  // Who reads no case may check that nobody changed one.
  records: ['supervisor', 'administrator', 'auditor'],
  figures: ['supervisor', 'auditor'],
  retention: ['supervisor', 'administrator', 'auditor'],
  trust: all,
  policies: ['supervisor', 'administrator', 'auditor'],
  operators: ['supervisor', 'administrator', 'auditor'],
  roster: ['administrator'],
  headquarters: ['supervisor', 'administrator', 'auditor'],
  stations: all,
  condition: all,
  setUp: ['administrator'],
  help: all,
};

/** The pages for whoever is there: all of them where nobody signs in (null). */
export function pagesFor(role: Role | null): readonly OfficePage[] {
  return officePages.filter((page) => role === null || rolesOfPages[page].includes(role));
}
