import type { RosterFileView, RosterReportView } from '../../preload/contract.ts';

/** A customer file as a bank writes it: one of its columns is to be told. */
export const rosterFile: RosterFileView = {
  name: 'kunder-2026-11-28.csv',
  kind: 'csv',
  columns: [
    { name: 'Kundnr', field: 'id' },
    { name: 'Personnummer', field: 'personalNumber' },
    { name: 'Förnamn', field: 'givenNames' },
    { name: 'Namn2', field: null },
    { name: 'Född', field: null },
    { name: 'Kontor', field: null },
  ],
};

export const rosterReport: RosterReportView = {
  read: 1_204_331,
  added: 3_120,
  replaced: 1_201_190,
  rejected: 21,
  encoding: 'windows-1252',
  unused: ['Kontor'],
  notes: [
    { kind: 'fault', note: 'personal-number-check-digit', count: 19, lines: [204, 1_871, 90_112, 90_113] },
    { kind: 'fault', note: 'row-too-long', count: 1, lines: [733_009] },
    { kind: 'fault', note: 'id-twice', count: 1, lines: [1_000_871] },
    { kind: 'sharing', note: 'number', count: 2, lines: [44, 51_204] },
  ],
  resumed: false,
  taken: false,
};
