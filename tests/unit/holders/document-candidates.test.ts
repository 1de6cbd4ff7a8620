import { describe, expect, it } from 'vitest';
import { parseMrz } from '../../../main/document/mrz.ts';
import { buildMrz, type MrzFields } from '../../../main/document/mrz-build.ts';
import { documentCandidates } from '../../../main/holders/document-candidates.ts';
import type { Holder } from '../../../main/holders/holder.ts';
import type { Register } from '../../../main/holders/new-holders.ts';
import { fitOf } from '../../../main/holders/search.ts';
import { Failure } from '../../../main/result/failure.ts';
import { day } from '../../support/fake-house.ts';

/* Whom a document's lines lead to. Everyone is invented; the numbers are of the tax agency's test series. */

const today = day('2026-11-23');
const anna: Holder = {
  id: 'anna',
  personalNumber: '199107172380',
  givenNames: 'Anna Maria',
  surname: 'Öberg',
  birthDate: day('1991-07-17'),
};
const swedish: MrzFields = {
  ...{ format: 'TD3', documentCode: 'PP', issuer: 'SWE', documentNumber: 'AA0000001', nationality: 'SWE' },
  ...{ surname: 'Öberg', givenNames: 'Anna Maria', birthDate: '910717', sex: 'F', expiryDate: '300131' },
  optionalData: '199107172380',
};
const foreign: MrzFields = {
  ...swedish,
  issuer: 'UTO',
  nationality: 'UTO',
  documentNumber: 'L898902C3',
  optionalData: '',
};

const registerOf = (...holders: readonly Holder[]): Register => ({
  find: (query) =>
    holders.filter((holder) => fitOf(holder, query) !== 'none').map((holder) => ({ holder, matchedBy: query.kind })),
});
const candidates = (fields: MrzFields, ...holders: readonly Holder[]) => {
  const { found } = documentCandidates(
    { mrz: parseMrz(buildMrz(fields).join('\n'), today), details: null, today },
    registerOf(...holders),
  );
  return found.map(({ holder, reasons, against }) => ({ id: holder.id, reasons, against }));
};

describe('whom a document may belong to', () => {
  it('whoever has its number', () => {
    expect(candidates(swedish, anna)).toEqual([
      { id: 'anna', reasons: ['number', 'name-and-birth-date'], against: [] },
    ]);
  });

  it('whoever had it before', () => {
    const earlier = { country: 'SWE', key: '199107172380', validFrom: null, validTo: day('2020-01-01') } as const;
    const now: Holder = {
      ...anna,
      personalNumber: '199006022397',
      birthDate: null,
      surname: 'Ek',
      numbers: [{ ...earlier, replacedBecause: 'protection' }],
    };
    expect(candidates(swedish, now)[0]).toMatchObject({ id: 'anna', reasons: ['earlier-number', 'alike'] });
  });

  it('whoever somebody has seen it with: a document without a number of the state', () => {
    const known = {
      issuer: 'UTO',
      kind: 'passport',
      number: 'L898902C3',
      seenBy: 'XX',
      seenOn: day('2025-01-01'),
    } as const;
    const elsewhere: Holder = {
      ...anna,
      personalNumber: null,
      surname: 'Somebody',
      givenNames: 'Else',
      documents: [known],
    };
    expect(candidates(foreign, elsewhere)).toEqual([
      { id: 'anna', reasons: ['known-document'], against: ['holder.name-differs'] },
    ]);
    const another = { ...known, issuer: 'SWE' };
    expect(candidates(foreign, { ...elsewhere, documents: [another] })).toEqual([]);
  });

  it('whoever bears the name and is born on the day', () => {
    expect(candidates(foreign, anna)).toEqual([{ id: 'anna', reasons: ['name-and-birth-date'], against: [] }]);
    expect(candidates(foreign, { ...anna, birthDate: day('1971-01-02'), personalNumber: null })).toEqual([]);
  });

  it('the surest first, and of equals whom nothing speaks against', () => {
    const namesake: Holder = { ...anna, id: 'namesake', personalNumber: null };
    const stranger: Holder = { ...anna, id: 'stranger', surname: 'Ek', givenNames: 'Bo', birthDate: null };
    expect(candidates(swedish, namesake, stranger, anna).map(({ id }) => id)).toEqual(['anna', 'stranger', 'namesake']);
    expect(candidates(swedish, stranger)[0]?.against).toContain('holder.name-differs');
  });

  it('says that a register answers too many, and looks at nobody', () => {
    const crowded: Register = {
      find: (query) => {
        if (query.kind === 'name') throw new Failure('holder.too-many', { count: 5000 });
        return [];
      },
    };
    const mrz = parseMrz(buildMrz(foreign).join('\n'), today);
    expect(documentCandidates({ mrz, details: null, today }, crowded)).toEqual({ found: [], tooMany: true });
  });

  it('tells of the dead that they are dead', () => {
    expect(candidates(swedish, { ...anna, deceased: { since: null } })[0]?.against).toEqual(['holder.deceased']);
  });
});
