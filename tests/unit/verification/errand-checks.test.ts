import { describe, expect, it } from 'vitest';
import { type Check, checkIds, successful, unsuccessful } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { ageCheck } from '../../../main/verification/age-check.ts';
import { decide, goOnHindrance } from '../../../main/verification/decision.ts';
import { paperAnswer, paperCheck } from '../../../main/verification/paper-check.ts';
import { judge, mayGoOnAlone, reasonsToGoOn } from '../../../main/verification/verdict.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { policy } from '../../support/own-resources.ts';

const station = { training: false, specimen: false, station: 'attended' as const };
const told: Readonly<Record<string, Check['detail']>> = {
  'document.type': { code: 'P', issuer: 'SWE', nationality: 'SWE' },
  'document.expiry': { expiry: '2031-05-20', at: '2026-11-28' },
};
const wellBut = (other: Check): Check[] =>
  checkIds.map((id) => (id === other.id ? other : successful(id, told[id] ?? {})));

// Draft RTS on customer due diligence art. 6: signature and security features of the paper need eyes.
describe('document.paper', () => {
  it.each([
    ['right', 'successful', null, 'accept'],
    ['feel=right,security=right,signature=wrong', 'failed', 'paper.wrong', 'refer'],
    ['unsure', 'undetermined', 'paper.unsure', 'refer'],
    ['feel=right,security=right,signature=none', 'not supported', 'paper.lacks', 'accept'],
    ['feel=right', 'aborted', 'paper.unfinished', 'refer'],
    ['feel=wrong', 'failed', 'paper.wrong', 'refer'],
  ])('%s is %s and leads a new customer to %s %s', (text, result, code, verdict) => {
    const check = paperCheck(paperAnswer(text), 'attended');
    expect(check).toMatchObject({ result, code, detail: { answeredBy: 'staff' } });
    expect(judge(policy('new-customer'), wellBut(check), station).verdict).toBe(verdict);
  });

  it('where nobody looked, or nobody stands there, is undetermined, passed over and shown', () => {
    const right = paperAnswer('right');
    for (const check of [paperCheck(null, 'attended'), paperCheck(right, 'unattended'), paperCheck(right, null)]) {
      expect(check).toMatchObject({ result: 'undetermined', code: 'paper.not-seen' });
      const { verdict, passedOver } = judge(policy('new-customer'), wellBut(check), station);
      expect([verdict, passedOver]).toEqual(['accept', ['document.paper']]);
    }
  });

  it.each(['good', '', 'feel=right,feel=wrong', 'smell=right', 'feel=right=wrong', 'feel'])('reads no %j', (text) => {
    expect(paperAnswer(text)).toBeNull();
  });
});

// gmrtd 1.1: a single surviving century is still a guess. An MRZ prints two digits of a year (9303-3 §4.8).
describe('holder.age', () => {
  const today = '2026-11-28' as PlainDate;
  interface Read {
    readonly mrz?: string | null;
    readonly dg11?: string;
    readonly number?: string;
  }
  // As the inspection reads it: the latest date that the two digits can be.
  const born = ({ mrz = null, dg11, number = '' }: Read) =>
    ({
      mrz: {
        issuer: 'SWE',
        documentCode: 'P',
        format: 'TD3',
        birthDate: { printed: mrz === null ? '<<<<<<' : mrz.slice(2).replaceAll('-', ''), date: mrz },
        optionalData: number,
        optionalData2: '',
      },
      details: dg11 === undefined ? null : { birthDate: { printed: dg11, date: dg11 }, personalNumber: null },
    }) as unknown as Parameters<typeof ageCheck>[0];
  const on = (read: Read, limit = 18) => ageCheck(born(read), limit, today);

  it.each<[string, Read, number, string, string | null]>([
    ['old enough today', { mrz: '2008-11-28' }, 18, 'successful', null],
    ['a day short, or a hundred years older', { mrz: '2008-11-29' }, 18, 'undetermined', 'age.not-shown'],
    ['a day short, DG11 tells the century', { mrz: '2008-11-29', dg11: '2008-11-29' }, 18, 'failed', 'age.too-young'],
    ['of 1908 by DG11', { mrz: '2008-11-29', dg11: '1908-11-29' }, 18, 'successful', null],
    [
      'DG11 of another day than the MRZ',
      { mrz: '2000-01-01', dg11: '2008-11-29' },
      18,
      'undetermined',
      'age.not-shown',
    ],
    // Of Skatteverket's test series.
    [
      'short, the number tells the century',
      { mrz: '2017-01-02', number: '201701022384' },
      18,
      'failed',
      'age.too-young',
    ],
    ['22 for 25: nobody is 122', { mrz: '2004-03-01' }, 25, 'failed', 'age.too-young'],
    ['without a birth date', {}, 18, 'not supported', 'age.no-birth-date'],
  ])('%s', (_name, read, limit, result, code) => {
    expect(on(read, limit)).toEqual({ id: 'holder.age', result, code, detail: { limit } });
  });

  it('too young is not accepted, and what cannot be told is for a person', () => {
    const verdict = (read: Read) => judge(policy('age'), wellBut(on(read)), station).verdict;
    expect(verdict({ mrz: '2008-11-28' })).toBe('accept');
    expect(verdict({ mrz: '2010-01-01' })).toBe('refer');
    expect(verdict({ mrz: '2010-01-01', dg11: '2010-01-01' })).toBe('reject');
  });

  it('is broken off where nothing was read, and who was born on 29 February is older on 1 March', () => {
    expect(ageCheck(null, 18, today)).toMatchObject({ result: 'aborted' });
    const leap = (at: string) => ageCheck(born({ mrz: '2008-02-29' }), 18, at as PlainDate).result;
    expect([leap('2026-02-28'), leap('2026-03-01')]).toEqual(['undetermined', 'successful']);
  });
});

describe('overrides', () => {
  const name = unsuccessful('holder.name', 'failed', 'holder.name-differs');
  const birth = unsuccessful('holder.birth-date', 'failed', 'holder.birth-date-differs');
  const owned = {
    ...policy('replace-device'),
    overrides: [
      { roles: ['supervisor' as const], checks: ['holder.name' as const], reasons: ['married', 'register wrong'] },
      { roles: ['teller' as const], checks: ['document.defects' as const], reasons: ['known'] },
    ],
  };

  it('say alone whose a check is: of all others `alone` does', () => {
    // The shipped policy leaves a changed name to one person.
    expect(mayGoOnAlone(policy('replace-device'), wellBut(name), station)).toBe(true);
    expect(mayGoOnAlone(owned, wellBut(name), station)).toBe(false);
    expect(mayGoOnAlone(owned, wellBut(name), station, 'supervisor')).toBe(true);
    expect(mayGoOnAlone(owned, wellBut(birth), station, 'supervisor')).toBe(false);
    const face = unsuccessful('face.comparison', 'undetermined', 'face.unsure');
    const onFace = {
      ...owned,
      overrides: [{ roles: ['supervisor' as const], checks: ['face.comparison' as const], reasons: [] }],
    };
    // Under the floor it is nobody's, however the policy came.
    expect(mayGoOnAlone(onFace, wellBut(face), station, 'supervisor')).toBe(false);
  });

  it('take the reasons that the bank names and no other', () => {
    expect(reasonsToGoOn(owned, wellBut(name), station, 'supervisor')).toEqual(['married', 'register wrong']);
    expect(reasonsToGoOn(owned, wellBut(birth), station, 'supervisor')).toBeNull();
    const verdict = judge(owned, wellBut(name), station);
    const ground = {
      verdict,
      mayGoOnAlone: true,
      documentRead: true,
      face: { answer: 'same' as const, reason: null },
      evidenceMinutes: 1,
      policy: owned,
      personOpen: false,
      orderHindrance: null,
      reasons: ['married'],
    };
    const by = { sign: 'eb', source: 'typed' as const };
    expect(decide(ground, 'go-on', 'married', by)).toMatchObject({ outcome: 'go-on', reason: 'married' });
    expect(failureCodeOf(() => decide(ground, 'go-on', 'I know her', by))).toBe('decision.reason-not-listed');
    expect(failureCodeOf(() => decide(ground, 'go-on', ' ', by))).toBe('decision.reason-missing');
    // Draft RTS art. 7: documents where there is no electronic identification, and say why.
    expect(goOnHindrance({ ...ground, eidReasonOpen: true })).toBe('case.eid-reason-missing');
  });
});
